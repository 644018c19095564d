import type { ObjectiveSettings } from "../files/StudySettings.js";
import type { SearchSpace } from "../SearchSpace.js";
import type { Direction } from "../Trial.js";
import type { TrialAnswer, TrialJob, TrialNote } from "./carryOutTrial.js";

/** Carries out trials of an objective. */
export interface ObjectiveThreads {
  readonly settings: ObjectiveSettings;
  /** Path of the module; null of a function of this program. */
  readonly module: string | null;
  /** What the module says that it varies; null where it says nothing. */
  readonly space: SearchSpace | null;
  /** A direction of each of its objectives, likewise. */
  readonly directions: readonly Direction[] | null;
  /**
   * How a trial went. One whose thread dies, or that takes too long, has failed.
   *
   * @param limitMilliseconds  after which it has taken too long
   * @throws if the threads are closed
   */
  readonly run: (
    job: TrialJob,
    options: { readonly limitMilliseconds?: number; readonly onNote: (note: TrialNote) => void },
  ) => Promise<TrialAnswer | { readonly parameters: null; readonly end: TrialAnswer["end"] }>;
  readonly close: () => Promise<void>;
}
