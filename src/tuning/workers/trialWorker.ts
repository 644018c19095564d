import { answerJobs } from "../../core/threads/answerJobs.js";
import type { SearchSpace } from "../SearchSpace.js";
import { carryOutTrial, type TrialAnswer, type TrialJob } from "./carryOutTrial.js";
import type { StudyObjective } from "./StudyObjective.js";

/** What every thread of a study loads. */
export interface ObjectiveData {
  /** URL of the module. */
  readonly url: string;
  readonly options: unknown;
}

/** What a module of an objective says of itself. */
export interface ObjectiveDescription {
  readonly space: SearchSpace | null;
}

interface ObjectiveModule {
  readonly objective?: unknown;
  readonly space?: SearchSpace;
}

/** Carries out trials of a module; the job null asks what it says of itself. */
answerJobs<ObjectiveData, TrialJob | null, TrialAnswer | ObjectiveDescription>(async ({ url, options }, tell) => {
  const { objective, space = null } = (await import(url)) as ObjectiveModule;
  if (typeof objective !== "function") throw new TypeError("it exports no function `objective`");
  return (job) => (job === null ? { space } : carryOutTrial(objective as StudyObjective, options, job, tell));
});
