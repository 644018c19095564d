import type { Matrix } from "../../core/Matrix.js";
import type { Candidate } from "../fewRows/Candidate.js";
import type { TargetRows } from "../fewRows/targetCandidates.js";

/** What is asked of a real table: one quantity or class of each row, from the same features for all rivals. */
export interface RealProblem {
  /** Short name for ids of measurements: "platelet-peak". */
  readonly id: string;
  /** As tables say it: "emission peak of platelets". */
  readonly what: string;
  /** Names by code; null: a quantity. */
  readonly classes: readonly string[] | null;
  /** Of the quantity; of classes "". */
  readonly unit: string;
  /** No quantity is below it, so no limit is (default none). */
  readonly least?: number;
  readonly features: Matrix;
  /** A quantity, or the code of a class; one per row, always known. */
  readonly truth: Float64Array;
  /** In the order in which they challenge; values and deviations row-major [rows, 2], or probabilities [rows, k]. */
  readonly candidates: readonly Candidate<TargetRows>[];
  /** Name of the candidate that stands until another beats it. */
  readonly incumbent: string;
}
