import type { Fold } from "../core/Fold.js";

/** A fold with folds of its own over the rows that it trains on. */
export interface NestedFold extends Fold {
  /** Row indices of the whole table. */
  readonly inner: readonly Fold[];
}

/**
 * Folds within folds: choices are made on the inner ones, and judged on rows that none of them has seen.
 *
 * @param outer    folds of the whole table
 * @param splitRows  folds of the given rows, as places in `rows` (0 .. rows.length - 1), as every splitter returns them
 *   when it gets the labels of those rows: `(rows, i) =>
 *   stratifiedKFold(rows.map((row) => codes[row]), random.fork(i))`
 * @throws RangeError if an inner fold names a place that is not there
 */
export function nestedFolds(
  outer: readonly Fold[],
  splitRows: (rows: Uint32Array, fold: number) => readonly Fold[],
): NestedFold[] {
  return outer.map((fold, i) => {
    const inTable = (places: Uint32Array, name: string): Uint32Array => {
      const outside = places.find((place) => place >= fold.train.length);
      if (outside !== undefined)
        throw new RangeError(
          `nestedFolds: inner folds must name places below ${fold.train.length}, ` +
            `the rows that fold ${fold.name} trains on; fold ${name} names ${outside}; ` +
            "return places, not rows of the table",
        );
      return places.map((place) => fold.train[place]);
    };
    return {
      ...fold,
      inner: splitRows(fold.train, i).map(({ name, train, test }) => ({
        name: `${fold.name} / ${name}`,
        train: inTable(train, name),
        test: inTable(test, name),
      })),
    };
  });
}
