import type { EngineChoice } from "./engines/chooseTrainingEngine.js";
import type { EpochRecord } from "./EpochRecord.js";
import type { Activation } from "./Network.js";
import type { Optimizer } from "./Optimizer.js";
import type { PausedTraining } from "./PausedTraining.js";
import type { Schedule } from "./scheduledRate.js";

/** What the network between features and heads looks like. */
export interface HiddenLayers {
  /** Widths, first to last; [] for a linear model. */
  readonly hidden: readonly number[];
  /** relu by default. */
  readonly activation?: Activation;
}

/** How a network is trained: steps, penalties, and when to stop. */
export interface TrainingOptions {
  /** Passes over the training rows at most (default 100). */
  readonly epochs?: number;
  /** Rows per update (default 64). */
  readonly batchSize?: number;
  /** adam by default. */
  readonly optimizer?: Optimizer;
  /** Of the first epoch (default 0.001). */
  readonly learningRate?: number;
  /** constant by default. */
  readonly schedule?: Schedule;
  /** Strength of the penalty l1 Σ|w| on weights, biases free (default 0). */
  readonly l1?: number;
  /**
   * Strength of the penalty l2/2 Σw² on weights, biases free (default 0). For decay decoupled from the gradient take
   * adamW.
   */
  readonly l2?: number;
  /** Share of hidden units dropped in each update, in [0, 1) (default 0). */
  readonly dropout?: number;
  /** Share of a label spread evenly over all classes, in [0, 1) (default 0). */
  readonly labelSmoothing?: number;
  /** Multiplies the weights of rows by their class, at least 0; by class code (default 1 each). */
  readonly classWeights?: ArrayLike<number>;
  /** What the loss of the targets counts beside that of the classes (default 1). */
  readonly targetShare?: number;
  /** Greatest norm of a gradient over all parameters (default none). */
  readonly clipNorm?: number;
  /** Epochs without a better tune loss after which training stops (default 10). */
  readonly patience?: number;
  /** By how much a tune loss must be lower to count as better (default 0). */
  readonly minImprovement?: number;
  /**
   * Epoch after which the training pauses, to go on from there another time (default: none). Rates are still those of
   * all `epochs`. Only engines simd and typescript can pause.
   */
  readonly until?: number;
  /**
   * Where to go on: what the same training, with the same rows, seed and options, came to when it paused (default: from
   * the start). What comes of it are the bytes of a training that never paused.
   */
  readonly from?: PausedTraining;
  /** simd by default. */
  readonly engine?: EngineChoice;
  /** Called after every epoch; training ends after it if the answer is false. */
  readonly onProgress?: (record: EpochRecord) => unknown;
}
