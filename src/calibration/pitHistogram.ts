import { chiSquareTail } from "../core/statistics/chiSquareTail.js";
import { checkPit } from "./checkPit.js";

export interface PitHistogram {
  /** Rows in each of the bins [0, 1/bins), ..., [1 - 1/bins, 1]. */
  readonly counts: readonly number[];
  /** Pearson's chi-square against even counts, with bins - 1 degrees of freedom. */
  readonly statistic: number;
  /**
   * Of rows that are independent; null below 5 rows per bin, and where a group has several rows: `reason` says which.
   */
  readonly pValue: number | null;
  readonly reason: string | null;
  readonly n: number;
}

/**
 * Histogram of probability integral transforms, and a test of whether it is even, as that of calibrated forecasts is.
 *
 * @param pit             as of gaussianPit, in [0, 1], shape [n], n at least 2
 * @param options.bins    default 10
 * @param options.groups  group of each row, shape [n]; rows of one group are not independent, and then there is no test
 * @throws RangeError if a number leaves [0, 1] (row named), there are fewer than 2 rows or bins, or not one group per
 *   row
 * @see Gneiting, Balabdaoui and Raftery 2007, doi:10.1111/j.1467-9868.2007.00587.x
 */
export function pitHistogram(
  pit: ArrayLike<number>,
  { bins = 10, groups }: { readonly bins?: number; readonly groups?: readonly (string | number)[] } = {},
): PitHistogram {
  checkPit(pit, "pitHistogram");
  if (!(Number.isInteger(bins) && bins >= 2))
    throw new RangeError(`pitHistogram: bins must be an integer of at least 2; got ${bins}`);
  const n = pit.length;
  if (groups !== undefined && groups.length !== n)
    throw new RangeError(`pitHistogram: one group per row is needed; got ${groups.length} for ${n} rows`);
  const counts = new Array<number>(bins).fill(0);
  for (let row = 0; row < n; row++) counts[Math.min(bins - 1, Math.floor(pit[row] * bins))]++;
  const expected = n / bins;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const distinct = groups === undefined ? n : new Set(groups).size;
  const reason =
    distinct < n
      ? `${n} rows come in ${distinct} groups and are not independent`
      : expected < 5
        ? `${n} rows make ${expected} per bin; 5 are needed`
        : null;
  return { counts, statistic, pValue: reason === null ? chiSquareTail(statistic, bins - 1) : null, reason, n };
}
