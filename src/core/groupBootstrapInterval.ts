import type { Interval } from "./Evidence.js";
import type { Random } from "./Random.js";

/**
 * Percentile bootstrap interval of a statistic when rows come in groups (papers, labs, batches):
 * whole groups are drawn with replacement, so rows of one paper never count as independent.
 *
 * @param groups     group of each row, shape [n]; any labels
 * @param statistic  of a multiset of row indices; draws for which it is NaN are an error, not a skip
 * @param random     required; equal streams give equal intervals
 * @param options.draws  resamples (default 2000)
 * @param options.level  two-sided coverage in (0, 1) (default 0.95)
 * @param options.unit   what a group is, for the method text
 * @throws RangeError if there are fewer than two groups, or a statistic is not finite
 * @see Davison & Hinkley 1997, section 3.8
 */
export function groupBootstrapInterval(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { draws = 2000, level = 0.95, unit = "group" }: { readonly draws?: number; readonly level?: number; readonly unit?: string } = {},
): Interval {
  const members = new Map<string | number, number[]>();
  groups.forEach((group, row) => {
    const rows = members.get(group);
    if (rows === undefined) members.set(group, [row]);
    else rows.push(row);
  });
  const all = [...members.values()];
  if (all.length < 2) throw new RangeError(`groupBootstrapInterval: at least 2 groups are needed; got ${all.length}; an interval over one ${unit} would claim what it cannot know`);
  const values = Float64Array.from({ length: draws }, () => {
    const value = statistic(Uint32Array.from(Array.from(all, () => all[Math.floor(random() * all.length)]).flat()));
    if (!Number.isFinite(value)) throw new RangeError(`groupBootstrapInterval: the statistic must be finite on every resample; got ${value}`);
    return value;
  }).sort();
  const tail = (1 - level) / 2;
  return { low: sortedQuantile(values, tail), high: sortedQuantile(values, 1 - tail), level, method: `percentile bootstrap by ${unit}, ${draws} draws` };
}

/** Linear interpolation between order statistics (type 7), of values already sorted. */
function sortedQuantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
