import { splitParts, type SplitPart, type SplitShares } from "../core/Split.js";

/**
 * Default shares of a split: three fifths to learn from, a fifth to be judged on. The fifth between is halved between
 * tuning and calibration.
 */
export const defaultShares: SplitShares = { train: 0.6, tune: 0.1, calibrate: 0.1, test: 0.2 };

/** A rounding error of shares such as a third. */
const roundingError = 1e-9;

/**
 * The share of each part, in the order of `splitParts`.
 *
 * @param where  function that asks, for the message
 * @throws RangeError if a share is not in [0, 1], a part has another name, or they do not sum to 1
 */
export function partShares(shares: SplitShares, where: string): readonly number[] {
  const stranger = Object.keys(shares).find((name) => !splitParts.includes(name as SplitPart));
  if (stranger !== undefined)
    throw new RangeError(`${where}: parts are named ${splitParts.join(", ")}; got a share for "${stranger}"`);
  const all = splitParts.map((part) => shares[part] ?? 0);
  all.forEach((share, i) => {
    if (!(share >= 0 && share <= 1))
      throw new RangeError(`${where}: the share of ${splitParts[i]} must be in [0, 1]; got ${share}`);
  });
  const sum = all.reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum - 1) <= roundingError))
    throw new RangeError(
      `${where}: shares must sum to 1; got ${all.join(" + ")} = ${Number(sum.toPrecision(12))}; ` +
        "a part without rows has share 0",
    );
  return all;
}
