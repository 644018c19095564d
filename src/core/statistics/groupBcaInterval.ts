import type { Random } from "../random/Random.js";
import { type BcaInterval, bcaInterval } from "./bcaInterval.js";
import { checkResampling, type ResamplingOptions } from "./checkResampling.js";
import { effectiveGroups } from "./effectiveGroups.js";
import { enoughToDraw } from "./groupInterval.js";
import { groupJackknife, groupMembers } from "./groupJackknife.js";
import { drawnStatistics } from "./percentileInterval.js";

/**
 * Efron's BCa interval of a statistic of rows in groups, which are drawn whole and left out whole. It moves percentiles
 * for bias and skewness, and so holds a skewed statistic of many groups better than they do. Of few groups draws tell
 * too little however they are read: there it has a reason and no interval, and groupInterval has the one that holds.
 *
 * @param groups     group of each row, shape [n]; any labels
 * @param statistic  of a multiset of row indices
 * @param random     required; equal streams give equal intervals
 * @param options    2,000 draws, level 0.95
 * @returns without an interval, and with the reason, of fewer than 50 effective groups, or where nothing varies
 * @throws RangeError if a draw is not finite; InputError if an option does not fit
 * @see Efron 1987, doi:10.1080/01621459.1987.10478410
 *
 * @example
 * ```ts
 * import { groupBcaInterval, meanOfRows, seededRandom } from "cspbbr3-twin";
 *
 * const plates = Array.from({ length: 180 }, (_, row) => row % 60);
 * const losses = plates.map((plate) => Math.exp(Math.sin(plate)));
 * const many = groupBcaInterval(plates, meanOfRows(losses), seededRandom(1), { unit: "plate" });
 * console.log(many.interval?.low.toFixed(2), many.interval?.high.toFixed(2));
 * // 1.10 1.52
 * const few = plates.map((plate) => plate % 2);
 * console.log(groupBcaInterval(few, meanOfRows(losses), seededRandom(1), { unit: "plate" }).reason);
 * // BCa needs at least 50 effective groups, got 2.0: take groupInterval
 * ```
 */
export function groupBcaInterval(
  groups: readonly (string | number)[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { draws = 2000, level = 0.95, unit = "group" }: ResamplingOptions = {},
): BcaInterval {
  checkResampling({ draws, level }, "groupBcaInterval");
  const members = groupMembers(groups);
  const effective = effectiveOf(members);
  if (!(effective >= enoughToDraw))
    return {
      interval: null,
      reason: `BCa needs at least ${enoughToDraw} effective groups, got ${effective.toFixed(1)}: take groupInterval`,
      bias: null,
      acceleration: null,
      tails: null,
    };
  return bcaInterval(groupJackknife(groups, statistic), drawnStatistics(members, statistic, random, draws), {
    level,
    unit,
  });
}

function effectiveOf(members: readonly (readonly number[])[]): number {
  return members.length === 0 ? 0 : effectiveGroups(members.map(({ length }) => length));
}
