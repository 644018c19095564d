import type { Interval } from "./Interval.js";
import { groupBootstrapInterval } from "./groupBootstrapInterval.js";
import type { Random } from "../random/Random.js";

export interface MeanWithInterval {
  readonly value: number;
  readonly interval: Interval;
  /** Rows. */
  readonly n: number;
  /** Groups that they come in, which are what is drawn. */
  readonly groups: number;
}

export interface MeanOptions {
  /** Group of each row (lab, batch, DOI), shape [n]; by default each row is its own. */
  readonly groups?: readonly (string | number)[];
  readonly draws?: number;
  readonly level?: number;
  /** What a group is, for the method text. */
  readonly unit?: string;
}

/**
 * Mean over rows, of scores for example, with a bootstrap interval that draws whole groups.
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
  const n = values.length;
  if (groups !== undefined && groups.length !== n)
    throw new RangeError(`meanWithInterval: one group per row is needed; got ${groups.length} for ${n} rows`);
  const index = new Map<string | number, number>();
  const sums: number[] = [];
  const rows: number[] = [];
  for (let row = 0; row < n; row++) {
    if (!Number.isFinite(values[row]))
      throw new RangeError(`meanWithInterval: values must be finite; row ${row} has ${values[row]}`);
    const name = groups?.[row] ?? row;
    const at = index.get(name) ?? index.set(name, index.size).size - 1;
    sums[at] = (sums[at] ?? 0) + values[row];
    rows[at] = (rows[at] ?? 0) + 1;
  }
  const mean = (drawn: ArrayLike<number>): number => {
    let [sum, total] = [0, 0];
    for (let i = 0; i < drawn.length; i++) {
      sum += sums[drawn[i]];
      total += rows[drawn[i]];
    }
    return sum / total;
  };
  const each = Array.from(sums.keys());
  return {
    value: mean(each),
    interval: groupBootstrapInterval(each, mean, random, { draws, level, unit }),
    n,
    groups: each.length,
  };
}
