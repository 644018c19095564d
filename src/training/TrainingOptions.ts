import type { EngineChoice } from "./engines/chooseTrainingEngine.js";
import type { Activation } from "./Network.js";
import type { Optimizer } from "./Optimizer.js";
import type { Schedule } from "./scheduledRate.js";

/** What the network between features and heads looks like. */
export interface HiddenLayers {
  /** Widths, first to last; [] for a linear model. */
  readonly hidden: readonly number[];
  /** relu by default. */
  readonly activation?: Activation;
}

/** One pass over the training rows. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean over the epoch's batches as they were met: with dropout and label smoothing, without penalties. */
  readonly trainLoss: number;
  /** After the epoch, without dropout and label smoothing; null without tune rows. */
  readonly tuneLoss: number | null;
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
  /** simd by default. */
  readonly engine?: EngineChoice;
  /** Called after every epoch; training ends after it if the answer is false. */
  readonly onProgress?: (record: EpochRecord) => unknown;
}
