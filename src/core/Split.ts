/**
 * Rows of a table by what may be done with them. Each part is named for the only stage that may read it.
 * Row indices, ascending; the parts are disjoint and together hold every row, unless a splitter says which it left out.
 */
export interface Split {
  readonly train: Uint32Array;
  readonly tune: Uint32Array;
  readonly calibrate: Uint32Array;
  readonly test: Uint32Array;
}

/** Name of a part of a split. */
export type SplitPart = keyof Split;

/** Names of the parts of a split, in the order a row would be read: models learn before they are judged. */
export const splitParts: readonly SplitPart[] = ["train", "tune", "calibrate", "test"];

/** Share of the rows that each part gets; a part that is left out gets none. They sum to 1. */
export type SplitShares = Readonly<Partial<Record<SplitPart, number>>>;
