import { checkResampling, type ResamplingOptions } from "./checkResampling.js";
import type { Interval } from "./Interval.js";
import type { Random } from "../random/Random.js";

/**
 * Percentile bootstrap interval of a statistic when rows come in groups (papers, labs, batches). Whole groups are
 * drawn with replacement, so rows of one paper never count as independent.
 *
 * @param groups     group of each row, shape [n]; any labels
 * @param statistic  of a multiset of row indices; draws for which it is NaN are an error, not a skip
 * @param random     required; equal streams give equal intervals
 * @param options.draws  resamples (default 2000)
 * @param options.level  two-sided coverage in (0, 1) (default 0.95)
 * @param options.unit   what a group is, for the method text
 * @throws RangeError if there are fewer than two groups, a statistic is not finite, or options do not fit
 * @see Davison & Hinkley 1997, section 3.8
 *
 * @example
 * ```ts
 * import { groupBootstrapInterval, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "a", "b", "b", "c", "c", "d", "d"];
 * const right = [1, 1, 1, 0, 0, 0, 1, 1];
 * const share = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + right[row], 0) / rows.length;
 * console.log(groupBootstrapInterval(papers, share, seededRandom(1), { unit: "paper" }));
 * // {
 * //   low: 0.25,
 * //   high: 1,
 * //   level: 0.95,
 * //   method: 'percentile bootstrap by paper, 2000 draws'
 * // }
 * ```
 */
export function groupBootstrapInterval(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { draws = 2000, level = 0.95, unit = "group" }: ResamplingOptions = {},
): Interval {
  checkResampling({ draws, level }, "groupBootstrapInterval");
  const members = new Map<string | number, number[]>();
  groups.forEach((group, row) => {
    const rows = members.get(group);
    if (rows === undefined) members.set(group, [row]);
    else rows.push(row);
  });
  if (members.size < 2)
    throw new RangeError(
      `groupBootstrapInterval: at least 2 groups are needed; got ${members.size}; ` +
        `an interval over one ${unit} would claim what it cannot know`,
    );
  const drawRows = groupDraws([...members.values()]);
  const values = Float64Array.from({ length: draws }, () => {
    const value = statistic(drawRows(random));
    if (!Number.isFinite(value))
      throw new RangeError(`groupBootstrapInterval: the statistic must be finite on every resample; got ${value}`);
    return value;
  }).sort();
  const tail = (1 - level) / 2;
  return {
    low: sortedQuantile(values, tail),
    high: sortedQuantile(values, 1 - tail),
    level,
    method: `percentile bootstrap by ${unit}, ${draws} draws`,
  };
}

/**
 * Percentile bootstrap interval of a statistic that asks how often each row was drawn. Rows of a group come as often
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
  { order, ...options }: ResamplingOptions & { readonly order?: Uint32Array } = {},
): Interval {
  const codes = new Map<string | number, number>();
  const codeOf = Uint32Array.from(groups, (group) => codes.get(group) ?? codes.set(group, codes.size).size - 1);
  const ordered = order === undefined ? codeOf : Uint32Array.from(order, (row) => codeOf[row]);
  const [times, counts] = [new Uint32Array(codes.size), new Uint32Array(ordered.length)];
  const ofDrawn = (drawn: Uint32Array): number => {
    times.fill(0);
    for (let i = 0; i < drawn.length; i++) times[drawn[i]]++;
    for (let at = 0; at < ordered.length; at++) counts[at] = times[ordered[at]];
    return statistic(counts);
  };
  return groupBootstrapInterval(Array.from(codes.values()), ofDrawn, random, options);
}

/** As many groups as there are, with replacement, and their rows one after another. */
function groupDraws(groups: readonly (readonly number[])[]): (random: Random) => Uint32Array {
  const rows = Uint32Array.from(groups.flat());
  const starts = new Uint32Array(groups.length + 1);
  groups.forEach((group, i) => (starts[i + 1] = starts[i] + group.length));
  const drawn = new Uint32Array(groups.length);
  return (random) => {
    let length = 0;
    for (let i = 0; i < drawn.length; i++) {
      const group = Math.floor(random() * drawn.length);
      drawn[i] = group;
      length += starts[group + 1] - starts[group];
    }
    const out = new Uint32Array(length);
    let at = 0;
    for (let i = 0; i < drawn.length; i++)
      for (let from = starts[drawn[i]]; from < starts[drawn[i] + 1]; from++) out[at++] = rows[from];
    return out;
  };
}

/** Linear interpolation between order statistics (type 7), of values already sorted. */
function sortedQuantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
