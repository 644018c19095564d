import type { Random } from "../random/Random.js";
import { groupCodes } from "./groupCodes.js";
import { groupInterval, type GroupIntervalOptions } from "./groupInterval.js";
import type { Interval } from "./Interval.js";

/**
 * The interval of groupInterval where there must be one: by bootstrap of whole groups where they are many, by leaving
 * out one after another where they are few.
 *
 * @param groups     group of each row, shape [n]; any labels
 * @param statistic  of a multiset of row indices; draws for which it is NaN are an error, not a skip
 * @param random     required; equal streams give equal intervals
 * @param options    as for groupInterval
 * @throws RangeError with the reason if no interval holds, one of fewer than two groups for example; as groupInterval
 *
 * @example
 * ```ts
 * import { groupBootstrapInterval, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "a", "b", "b", "c", "c", "d", "d"];
 * const right = [1, 1, 1, 0, 0, 0, 1, 1];
 * const share = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + right[row], 0) / rows.length;
 * const interval = groupBootstrapInterval(papers, share, seededRandom(1), { kind: "share", unit: "paper" });
 * console.log(interval.low.toFixed(2), interval.high.toFixed(2), interval.method);
 * // 0.01 1.00 jackknife by paper, beta
 * ```
 */
export function groupBootstrapInterval(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  options: GroupIntervalOptions = {},
): Interval {
  const { interval, reason } = groupInterval(groups, statistic, random, options);
  if (interval === null) throw new RangeError(`groupBootstrapInterval: ${reason}`);
  return interval;
}

/**
 * The interval of groupInterval for a statistic that asks how often each row was drawn. Rows of a group come as often
 * as the group, so no list of rows is made: where groups have many rows this is several times as fast, and draws the
 * same.
 *
 * @param statistic      of the number of times that each row was drawn, shape [n]; the array is used again
 * @param options.order  rows in the order in which the statistic wants them (default: as they come)
 * @throws RangeError as groupBootstrapInterval
 */
export function groupCountsInterval(
  groups: readonly (string | number)[],
  statistic: (counts: Uint32Array) => number,
  random: Random,
  { order, ...options }: Omit<GroupIntervalOptions, "sizes"> & { readonly order?: Uint32Array } = {},
): Interval {
  const { codes, groups: count } = groupCodes(groups);
  const ordered = order === undefined ? codes : Uint32Array.from(order, (row) => codes[row]);
  const [times, counts, sizes] = [new Uint32Array(count), new Uint32Array(ordered.length), new Uint32Array(count)];
  for (const code of codes) sizes[code]++;
  const ofDrawn = (drawn: Uint32Array): number => {
    times.fill(0);
    for (let i = 0; i < drawn.length; i++) times[drawn[i]]++;
    for (let at = 0; at < ordered.length; at++) counts[at] = times[ordered[at]];
    return statistic(counts);
  };
  return groupBootstrapInterval(
    Array.from({ length: count }, (_, group) => group),
    ofDrawn,
    random,
    {
      // A row stands for a group there, so its number alone says nothing of the kind.
      kind: "mean",
      ...options,
      sizes,
    },
  );
}
