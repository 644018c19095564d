import { checkLevel } from "../../core/statistics/checkLevel.js";
import type { Random } from "../../core/random/Random.js";
import { checkAlpha } from "./checkAlpha.js";
import { checkGroupNames } from "./checkGroupNames.js";

/**
 * Makes sure that coverage can be counted.
 *
 * @param caller  function to name in the error
 * @throws RangeError if alpha or level leave (0, 1), there are no rows, `covered` is not 0 or 1 (row named), groups
 *   are not one per row, are empty texts, or come without a stream
 */
export function checkCovered(
  covered: ArrayLike<number>,
  {
    alpha,
    level,
    groups,
  }: { readonly alpha: number; readonly level: number; readonly groups?: readonly (string | number)[] },
  random: Random | undefined,
  caller: string,
): void {
  checkAlpha(alpha, caller);
  checkLevel(level, caller);
  if (covered.length === 0) throw new RangeError(`${caller}: at least one row is needed; got none`);
  for (let row = 0; row < covered.length; row++)
    if (covered[row] !== 0 && covered[row] !== 1)
      throw new RangeError(`${caller}: covered must be 0 or 1; row ${row} has ${covered[row]}`);
  if (groups !== undefined && groups.length !== covered.length)
    throw new RangeError(`${caller}: one group per row is needed; got ${groups.length} for ${covered.length} rows`);
  checkGroupNames(groups, caller);
  if (groups !== undefined && random === undefined)
    throw new RangeError(`${caller}: groups are drawn with replacement, which needs a random stream; got none`);
}
