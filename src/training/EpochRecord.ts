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
