import { checkResampling, type ResamplingOptions } from "./checkResampling.js";
import { type Estimate, estimateOf } from "./Estimate.js";
import { groupBootstrapInterval } from "./groupBootstrapInterval.js";
import { groupCodes } from "./groupCodes.js";
import { groupedStatistic } from "./groupedStatistic.js";
import { groupedSums } from "./groupedSums.js";
import type { Random } from "../random/Random.js";

export interface MeanWithInterval extends Estimate {
  /** Rows. */
  readonly n: number;
  /** Groups that they come in, which are what is drawn. */
  readonly groups: number;
}

export interface MeanOptions extends ResamplingOptions {
  /** Group of each row (lab, batch, DOI), shape [n]; by default each row is its own. */
  readonly groups?: readonly (string | number)[];
}

/**
 * Mean over rows, of scores for example, with the interval of groupInterval.
 *
 * @param values  finite, shape [n]
 * @param random  required; equal streams give equal intervals
 * @param options 2,000 draws, level 0.95
 * @throws RangeError if a value is not finite (row named), there are fewer than two groups, or not one group per row
 */
export function meanWithInterval(
  values: ArrayLike<number>,
  random: Random,
  { groups, draws, level, unit = groups === undefined ? "row" : "group" }: MeanOptions = {},
): MeanWithInterval {
  checkResampling({ draws, level }, "meanWithInterval");
  const n = values.length;
  if (groups !== undefined && groups.length !== n)
    throw new RangeError(`meanWithInterval: one group per row is needed; got ${groups.length} for ${n} rows`);
  for (let row = 0; row < n; row++)
    if (!Number.isFinite(values[row]))
      throw new RangeError(`meanWithInterval: values must be finite; row ${row} has ${values[row]}`);
  const { codes, groups: count } = groupCodes(groups ?? Array.from({ length: n }, (_, row) => row));
  const sums = groupedSums(codes, { value: (row) => values[row], rows: () => 1 }, { groups: count });
  const mean = groupedStatistic(sums, ({ value, rows }) => value / rows);
  const kind = Array.from(values).every((value) => value === 0 || value === 1) ? "share" : "mean";
  const each = Uint32Array.from({ length: count }, (_, group) => group);
  return {
    ...estimateOf(
      mean(each),
      groupBootstrapInterval(Array.from(each), mean, random, { draws, level, unit, kind, sizes: sums.rows }),
    ),
    n,
    groups: count,
  };
}
