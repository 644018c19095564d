import { answerJobs } from "../../core/threads/answerJobs.js";
import { carryOutTrial, type TrialAnswer, type TrialJob } from "./carryOutTrial.js";
import type { StudyObjective } from "./StudyObjective.js";

/** What every thread of a study loads. */
export interface ObjectiveData {
  /** URL of the module. */
  readonly url: string;
  readonly options: unknown;
}

/** What a module of an objective says of itself, as it is; null where it says nothing. */
export interface ObjectiveDescription {
  readonly space: unknown;
  readonly directions: unknown;
}

interface ObjectiveModule extends Partial<ObjectiveDescription> {
  readonly objective?: unknown;
}

/** Carries out trials of a module; the job null asks what it says of itself. */
answerJobs<ObjectiveData, TrialJob | null, TrialAnswer | ObjectiveDescription>(async ({ url, options }, tell) => {
  const { objective, space = null, directions = null } = (await import(url)) as ObjectiveModule;
  if (typeof objective !== "function") throw new TypeError(`objective: ${typeof objective}`);
  return (job) =>
    job === null ? { space, directions } : carryOutTrial(objective as StudyObjective, options, job, tell);
});
