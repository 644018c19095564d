import { brokenBy } from "./brokenBy.js";
import type { Trial, TrialOutcome } from "./Trial.js";

/** A complete trial that kept all its constraints. */
export interface KeptTrial extends Trial {
  readonly outcome: TrialOutcome;
}

/** Whether a trial is complete and kept all its constraints: others are never the best, nor on a front. */
export function isKept(trial: Trial): trial is KeptTrial {
  return trial.outcome?.state === "complete" && brokenBy(trial.outcome.constraints) === 0;
}
