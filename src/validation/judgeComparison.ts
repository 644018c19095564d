import { InputError } from "../core/InputError.js";
import { detectableDifference } from "./detectableDifference.js";
import type { PairedComparison } from "./pairedComparison.js";
import { powerAt } from "./powerAt.js";

/** What a comparison allows to be said of the first rival. */
export type RivalVerdict = "better" | "not worse by more than the margin" | "worse" | "cannot be told";

/** A verdict with what it rests on. */
export interface ComparisonVerdict {
  readonly verdict: RivalVerdict;
  readonly margin: number;
  /** How often equal rivals would be shown to differ by less than the margin; null where there is no interval. */
  readonly power: number | null;
  /** True gain that would be found with a power of 0.8; null where there is no interval. */
  readonly detectable: number | null;
  /** In a sentence. */
  readonly reason: string;
}

/**
 * Says whether the first rival is better, not worse by more than a margin, worse, or whether it cannot be told. No pass
 * is claimed where the power to claim it is too low: a bound that clears the margin then does so by luck.
 *
 * Better, where the lower bound is above 0; a gain that is as large as that has a power of a half or more. Not worse,
 * where it is above -margin and equal rivals would pass with the power asked for. Worse, where the upper bound is
 * below 0.
 *
 * @param options.margin      loss that would not matter, at least 0, in the unit of the statistic: 0.1 in R²
 * @param options.leastPower  in [0, 1) (default 0.5)
 * @throws InputError if an option does not fit
 *
 * @example
 * ```ts
 * import { judgeComparison, meanOfRows, pairedComparison, seededRandom } from "cspbbr3-twin";
 *
 * const papers = ["a", "b", "c", "d", "e"];
 * const [ours, theirs] = [[0.9, 0.4, 0.7, 0.1, 0.6], [0.5, 0.8, 0.2, 0.4, 0.5]].map(meanOfRows);
 * const comparison = pairedComparison(papers, ours, theirs, seededRandom(1), { unit: "paper" });
 * const { verdict, power, detectable } = judgeComparison(comparison, { margin: 0.05 });
 * console.log(verdict, power?.toFixed(2), detectable?.toFixed(2));
 * // cannot be told 0.08 0.60
 * ```
 */
export function judgeComparison(
  { gain, bounds, spread }: PairedComparison,
  { margin, leastPower = 0.5 }: { readonly margin: number; readonly leastPower?: number },
): ComparisonVerdict {
  if (!(margin >= 0 && margin < Infinity))
    throw new InputError({
      where: "judgeComparison",
      must: "the margin must be at least 0",
      got: String(margin),
      mend: "give the loss that would not matter, 0.1 in R² for example",
    });
  if (!(leastPower >= 0 && leastPower < 1))
    throw new InputError({
      where: "judgeComparison",
      must: "the least power must lie in [0, 1)",
      got: String(leastPower),
      mend: "leave it out for 0.5",
    });
  if (bounds === null || spread === null)
    return { verdict: "cannot be told", margin, power: null, detectable: null, reason: gain.reason! };
  const power = powerAt(margin, spread);
  const known = { margin, power, detectable: detectableDifference(spread) };
  const [low, high] = [bounds.low, bounds.high].map((end) => end.toPrecision(3));
  if (bounds.low > 0) return { verdict: "better", ...known, reason: `the lower bound of the gain, ${low}, is above 0` };
  const isWithin = bounds.low > -margin;
  if (isWithin && power >= leastPower)
    return {
      verdict: "not worse by more than the margin",
      ...known,
      reason: `the lower bound of the gain, ${low}, is above -${margin}, with a power of ${power.toFixed(2)}`,
    };
  if (bounds.high < 0)
    return { verdict: "worse", ...known, reason: `the upper bound of the gain, ${high}, is below 0` };
  return {
    verdict: "cannot be told",
    ...known,
    reason: isWithin
      ? `the lower bound of the gain, ${low}, is above -${margin}, but equal rivals would pass with a power of ` +
        `${power.toFixed(2)} only, below ${leastPower}`
      : `the gain lies between ${low} and ${high}: equal rivals would be shown to differ by less than ${margin} with ` +
        `a power of ${power.toFixed(2)}`,
  };
}
