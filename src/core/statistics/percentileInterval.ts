import type { Random } from "../random/Random.js";
import type { ResamplingOptions } from "./checkResampling.js";
import type { Interval } from "./Interval.js";
import { sortedQuantile } from "./sortedQuantile.js";

/**
 * Percentile bootstrap interval of a statistic of rows in groups: groups are drawn whole, with replacement. It holds
 * where groups are many; groupInterval asks for it there.
 *
 * @param members    rows of each group
 * @param statistic  of a multiset of row indices
 * @throws RangeError if a draw is not finite
 * @see Davison & Hinkley 1997, section 3.8
 */
export function percentileInterval(
  members: readonly (readonly number[])[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { draws, level, unit }: Required<ResamplingOptions>,
): Interval {
  const values = drawnStatistics(members, statistic, random, draws).sort();
  const tail = (1 - level) / 2;
  return {
    low: sortedQuantile(values, tail),
    high: sortedQuantile(values, 1 - tail),
    level,
    method: `percentile bootstrap by ${unit}, ${draws} draws`,
  };
}

/**
 * The statistic of so many draws of whole groups, in the order in which they were drawn.
 *
 * @throws RangeError if one is not finite
 */
export function drawnStatistics(
  members: readonly (readonly number[])[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  draws: number,
): Float64Array {
  const drawRows = groupDraws(members);
  return Float64Array.from({ length: draws }, () => {
    const value = statistic(drawRows(random));
    if (!Number.isFinite(value))
      throw new RangeError(`percentileInterval: the statistic must be finite on every resample; got ${value}`);
    return value;
  });
}

/** As many groups as there are, with replacement, and their rows one after another. */
function groupDraws(groups: readonly (readonly number[])[]): (random: Random) => Uint32Array {
  const rows = Uint32Array.from(groups.flat());
  const starts = new Uint32Array(groups.length + 1);
  groups.forEach((group, i) => (starts[i + 1] = starts[i] + group.length));
  // Sums per group are drawn as rows that stand alone: the groups drawn are the rows.
  const isOneEach = starts.every((start, i) => start === i) && rows.every((row, i) => row === i);
  return (random) => {
    const drawn = new Uint32Array(groups.length);
    for (let i = 0; i < drawn.length; i++) drawn[i] = Math.floor(random() * drawn.length);
    if (isOneEach) return drawn;
    let length = 0;
    for (let i = 0; i < drawn.length; i++) length += starts[drawn[i] + 1] - starts[drawn[i]];
    const out = new Uint32Array(length);
    let at = 0;
    for (let i = 0; i < drawn.length; i++)
      for (let from = starts[drawn[i]]; from < starts[drawn[i] + 1]; from++) out[at++] = rows[from];
    return out;
  };
}
