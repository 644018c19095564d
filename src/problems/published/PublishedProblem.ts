import type { RealProblem } from "../rivals/RealProblem.js";
import type { RealSplit } from "../rivals/realSplit.js";

/** A question to published tables, with the ways in which rows are left out. */
export interface PublishedProblem {
  readonly problem: RealProblem;
  /** Fixed before anything is fitted; one that this table does not allow says why. */
  readonly splits: readonly RealSplit[];
  /** Of candidates that may be chosen. */
  readonly rivals: readonly string[];
  /** Of candidates that saw the very rows that they are asked about: shown beside the others, never chosen. */
  readonly asides: readonly string[];
  /** Of each row, in the table that it came from. */
  readonly rows: Uint32Array;
}
