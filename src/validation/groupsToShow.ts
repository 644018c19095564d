import { InputError } from "../core/InputError.js";
import { studentPower } from "../core/statistics/studentPower.js";
import type { GainSpread } from "./pairedComparison.js";
import { medianError } from "./powerAt.js";

/** More than these nobody collects. */
const mostGroups = 1_000_000;

/**
 * How many equal groups that scatter as these do it would take to show a true gain with the wanted power.
 *
 * @param difference     true gain, above 0, in the unit of the statistic
 * @param spread         of a comparison
 * @param options.power  wanted, in (alpha, 1) (default 0.8)
 * @returns at least 2; null where a million groups would not do
 * @throws InputError if the difference is not above 0
 *
 * @example
 * ```ts
 * import { groupsToShow } from "cspbbr3-twin";
 *
 * const spread = { standardError: 0.08, freedom: 12, alpha: 0.05 };
 * console.log(groupsToShow(0.1, spread), groupsToShow(0.05, spread));
 * // 56 219
 * ```
 */
export function groupsToShow(
  difference: number,
  { standardError, freedom, alpha }: GainSpread,
  { power = 0.8 }: { readonly power?: number } = {},
): number | null {
  if (!(difference > 0 && difference < Infinity))
    throw new InputError({
      where: "groupsToShow",
      must: "the difference to show must be above 0",
      got: String(difference),
      mend: "give the gain that would matter, 0.05 in R² for example",
    });
  const ofOne = medianError({ standardError, freedom }) * Math.sqrt(freedom + 1);
  const suffices = (groups: number): boolean =>
    ofOne === 0 || studentPower((difference / ofOne) * Math.sqrt(groups), { freedom: groups - 1, alpha }) >= power;
  let [few, many] = [1, 2];
  while (!suffices(many)) {
    if (many >= mostGroups) return null;
    [few, many] = [many, 2 * many];
  }
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (suffices(middle)) many = middle;
    else few = middle;
  }
  return many;
}
