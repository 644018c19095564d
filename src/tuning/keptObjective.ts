import { InputError } from "../core/InputError.js";
import { projectName } from "../io/projectPath.js";
import { noStudy } from "./noStudy.js";
import type { BegunStudy } from "./readSettings.js";
import type { ModuleObjective } from "./workers/StudyObjective.js";

/** The objective that a study keeps. @throws InputError if it is a function of a program, or no study stands there */
export function keptObjective(folder: string, kept: BegunStudy | null): ModuleObjective {
  if (kept === null) return noStudy(folder, "the objective of the study");
  const { objective } = kept.settings;
  if (kept.run.module === null)
    throw new InputError({
      where: projectName(folder),
      must: "its objective must be given, as it is a function of a program",
      got: objective.name,
      mend: "go on with it from that program",
    });
  return { module: kept.run.module, name: objective.name, options: objective.options };
}
