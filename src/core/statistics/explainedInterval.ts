import { checkLevel } from "./checkLevel.js";
import type { Interval } from "./Interval.js";
import { normalQuantile } from "./normalQuantile.js";

/**
 * Olkin and Finn's interval of the R² of a linear regression on independent rows. It is for many rows; of predictions
 * on rows that a model has not seen, and of rows in groups, groupInterval is the one that holds.
 *
 * @param explained         R², in [0, 1]
 * @param options.rows      at least terms + 2
 * @param options.terms     slopes that were fitted (default 1)
 * @returns an end may lie outside [0, 1], as it comes
 * @throws RangeError if R² or the numbers do not fit
 * @see Olkin and Finn 1995, doi:10.1037/0033-2909.118.1.155
 *
 * @example
 * ```ts
 * import { explainedInterval } from "cspbbr3-twin";
 *
 * const { low, high } = explainedInterval(0.5, { rows: 100 });
 * console.log(low.toFixed(3), high.toFixed(3));
 * // 0.366 0.634
 * ```
 */
export function explainedInterval(
  explained: number,
  { rows, terms = 1, level = 0.95 }: { readonly rows: number; readonly terms?: number; readonly level?: number },
): Interval {
  checkLevel(level, "explainedInterval");
  if (!(explained >= 0 && explained <= 1 && Number.isInteger(terms) && terms >= 1 && rows >= terms + 2))
    throw new RangeError(
      "explainedInterval: R² must lie in [0, 1], with at least two rows more than terms; " +
        `got ${explained} of ${rows} rows and ${terms} terms`,
    );
  const error = Math.sqrt(
    (4 * explained * (1 - explained) ** 2 * (rows - terms - 1) ** 2) / ((rows ** 2 - 1) * (rows + 3)),
  );
  const reach = normalQuantile((1 + level) / 2) * error;
  return { low: explained - reach, high: explained + reach, level, method: "Olkin and Finn" };
}
