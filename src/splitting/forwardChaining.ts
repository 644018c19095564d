import type { Fold } from "../core/Fold.js";
import { checkFolds, foldNames } from "./foldsFromAssignment.js";
import { checkEmbargo, keptBefore, timeCut, timeOrder } from "./timeCuts.js";

/**
 * Folds that only ever test on what comes after what they trained on: each tests the next stretch of time and trains on
 * everything before it. Stretches have floor(n / (folds + 1)) rows, the first, never tested, what is
 * left over; rows of equal time stay together. Without equal times this is scikit-learn's
 * TimeSeriesSplit, and an embargo in rows is its gap.
 *
 * @param times  of each row, in any unit, shape [n]; a number n stands for n rows in order, one unit apart
 * @param options.folds    at least 2 (default 5)
 * @param options.embargo  in the unit of `times`: training rows that are not more than this before
 *                         the first tested row are left out (default 0)
 * @throws RangeError if a time is not finite, or a fold has nothing to train or test on
 */
export function forwardChaining(
  times: ArrayLike<number> | number,
  { folds = 5, embargo = 0 }: { readonly folds?: number; readonly embargo?: number } = {},
): Fold[] {
  checkFolds(folds, "forwardChaining");
  checkEmbargo(embargo, "forwardChaining");
  if (typeof times === "number" && !(Number.isInteger(times) && times >= 0))
    throw new RangeError(`forwardChaining: the number of rows must be a whole number; got ${times}`);
  const ordered = timeOrder(
    typeof times === "number" ? Float64Array.from({ length: times }, (_, row) => row) : times,
    "forwardChaining",
  );
  const rows = ordered.rows.length;
  const size = Math.floor(rows / (folds + 1));
  const cuts = Array.from({ length: folds + 1 }, (_, i) => timeCut(ordered.times, rows - (folds - i) * size));
  return foldNames(folds).map((name, i) => {
    const kept = keptBefore(ordered.times, { from: 0, to: cuts[i], embargo });
    if (size === 0 || kept <= 0 || cuts[i + 1] <= cuts[i]) {
      const short = size > 0 && cuts[i + 1] > cuts[i];
      const beforeTest = embargo > 0 ? `, more than the embargo of ${embargo} before its test` : "";
      const orShorter = embargo > 0 ? " or a shorter embargo" : "";
      throw new RangeError(
        "forwardChaining: every fold must have rows to train and to test on; " +
          `fold ${name} of ${rows} rows has none ` +
          `to ${short ? `train on${beforeTest}` : "test on"}; take fewer folds${orShorter}`,
      );
    }
    return { name, train: ordered.rows.slice(0, kept).sort(), test: ordered.rows.slice(cuts[i], cuts[i + 1]).sort() };
  });
}
