import { checkJson } from "../../core/checkJson.js";
import { InputError } from "../../core/InputError.js";
import { moduleThreads } from "./moduleThreads.js";
import type { ObjectiveThreads } from "./ObjectiveThreads.js";
import { ownThread } from "./ownThread.js";
import type { ModuleObjective, OwnObjective } from "./StudyObjective.js";

/**
 * What carries out an objective: threads of a module, or this one for a function of this program.
 *
 * @throws InputError if its options are not plain JSON, or as moduleThreads
 */
export function startObjective(objective: ModuleObjective | OwnObjective, workers: number): Promise<ObjectiveThreads> {
  try {
    checkJson(objective.options ?? null, "options of the objective");
  } catch (error) {
    throw new InputError({
      where: "runStudy",
      must: "options of an objective must be plain JSON, as they are kept with the study",
      got: (error as Error).message,
      mend: "give them as numbers, texts, lists and objects of these",
    });
  }
  return "module" in objective ? moduleThreads(objective, workers) : Promise.resolve(ownThread(objective));
}
