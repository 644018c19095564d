import type { CompactForest } from "./compactForest.js";

/** Between which the amounts and settings of some training wells lie. */
export interface WellRange {
  /** Organic salt; null: of all wells. */
  readonly salt: string | null;
  /** In the order of `rangedFeatures`. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** A trained model of the score of crystallisations: plain data that answers without the table of its wells. */
export interface CrystallisationModel {
  readonly format: typeof crystallisationModelFormat;
  readonly seed: number;
  /** SHA-256 of the file of the training wells. */
  readonly trainedOn: string;
  /** Means of the features, in the place of what is not told of a well. */
  readonly means: readonly number[];
  /** Organic salts of training, and their descriptors row by row, for wells that give no SMILES. */
  readonly salts: readonly string[];
  readonly descriptors: Float64Array;
  /** Of all wells first, then of those of each salt. */
  readonly ranges: readonly WellRange[];
  /** One for each fold, grown without its plates; their mean answers. */
  readonly forests: readonly CompactForest[];
  /** Fold of each training well. */
  readonly foldOf: Uint8Array;
  /** Probability that the forest of its fold gave to what was seen in each training well. */
  readonly outOfFold: Float32Array;
}

/** First field of a saved model. */
export const crystallisationModelFormat = "crystallisations of cspbbr3-twin, 1";
