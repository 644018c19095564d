import type { PausingEngineName, SessionState } from "./engines/TrainingEngine.js";
import type { EpochRecord } from "./EpochRecord.js";

/**
 * Where a training can go on after a pause, to the bytes of one that never paused. Plain data: it may go to another
 * thread, or through pausedTrainingBytes to a file.
 */
export interface PausedTraining {
  /** All that decides how the training goes, in words and hashes by name: rows, network, options, seed. */
  readonly marks: Readonly<Record<string, string>>;
  readonly engine: PausingEngineName;
  /** Of all epochs so far. */
  readonly history: readonly EpochRecord[];
  /** As in the training's result, with the weights after that epoch; 0 for the first weights. */
  readonly bestEpoch: number;
  readonly bestWeights: Float32Array;
  readonly state: SessionState;
}
