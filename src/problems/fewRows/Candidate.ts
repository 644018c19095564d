import type { Random } from "../../core/random/Random.js";

/** Answers rows, row-major [rows, width]: probabilities of classes, or one number a row. */
export type Answerer<Rows> = (rows: Rows) => Float64Array;

/** A way to predict from few rows; Rows is whatever form a problem gives its rows. */
export interface Candidate<Rows> {
  /** As reports call it. */
  readonly name: string;
  /**
   * Learns from these rows alone, what it tunes too: whatever it took from others would be judged on them.
   *
   * @returns what was learned, plain JSON: packNumbers keeps many numbers
   */
  readonly fit: (rows: Rows, random: Random) => unknown;
  /** Answers by what `fit` learned, of any rows, without those that it learned from. */
  readonly answerer: (learned: never) => Answerer<Rows>;
}

/** Rows to learn from, the candidates for it, and how they are judged. */
export interface FewRowsProblem<Rows> {
  /** In the order in which they challenge. */
  readonly candidates: readonly Candidate<Rows>[];
  /** Name of the candidate that stands until another beats it. */
  readonly incumbent: string;
  readonly rows: number;
  readonly select: (places: Uint32Array) => Rows;
  /** Rows of one group, such as a batch, stay in one fold; null: each row for itself. */
  readonly groups: readonly string[] | null;
  /** Loss of each of these places, from predictions in their order; the less the better. */
  readonly losses: (predictions: Float64Array, places: Uint32Array) => Float64Array;
}
