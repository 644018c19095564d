import type { RealProblem } from "./RealProblem.js";
import type { RealSplit } from "./realSplit.js";

/** A question to a real table, with the ways in which its rows are left out. */
export interface RealQuestion {
  readonly problem: RealProblem;
  /** Fixed before anything is fitted; one that the table does not allow says why. */
  readonly splits: readonly RealSplit[];
  /** Of candidates that may be chosen. */
  readonly rivals: readonly string[];
  /** Of candidates that saw the very rows that they are asked about: shown beside the others, never chosen. */
  readonly asides: readonly string[];
  /** Of each row: rows of equal names repeat one another, as far as a rival is told of them (default: none does). */
  readonly repeats?: readonly string[];
}
