import type { CategoryId } from "./Scorecard.js";
import data from "./review2025.json" with { type: "json" };

/** A verdict that someone else gave, in the categories of the rubric, and what it found. */
export interface Review {
  readonly title: string;
  /** Score in its table, of 100. */
  readonly table: number;
  /** Score in its headline, of 100. */
  readonly headline: number;
  /** Points of 10. */
  readonly categories: Readonly<Record<CategoryId, number>>;
  readonly findings: readonly ReviewFinding[];
}

/** What a review said or asked for, the check that takes it up, and the measurement that answers it here. */
export interface ReviewFinding {
  readonly said: string;
  readonly wanted: string;
  readonly check: string;
  readonly measure: string;
  /**
   * What `wanted` means for the number that is measured; absent where the
   * number answers another question than the wish.
   */
  readonly wish?: Wish;
}

/** Bounds that a measurement must keep, in its own unit; real labels where the wish was for real experiments. */
export interface Wish {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly labels?: "real";
}

/** The review that this project answers. */
export const review2025: Review = data as Review;
