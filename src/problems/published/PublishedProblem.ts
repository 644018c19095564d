import type { RealQuestion } from "../rivals/RealQuestion.js";

/** A question to published tables, with the ways in which rows are left out. */
export interface PublishedProblem extends RealQuestion {
  /** Of each row, in the table that it came from. */
  readonly rows: Uint32Array;
}
