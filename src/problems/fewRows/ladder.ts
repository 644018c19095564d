import { pairedGain } from "./pairedGain.js";

/** How a rival fared against the one that stood. */
export interface ChoiceStep {
  readonly rival: string;
  /** The one that stood when it came. */
  readonly against: string;
  /** By how much the rival's loss was smaller, on average over rows that neither had learned from. */
  readonly gain: number;
  /** The gain less one standard error: above 0 the rival takes the place. */
  readonly lowerBound: number;
  readonly replaces: boolean;
}

/**
 * Lets rivals challenge one after the other: one takes the place only where its paired gain is above 0 by more than a
 * standard error, so that of models that cannot be told apart the one that came first stays.
 *
 * @param losses     of each candidate, by its name and in the order in which they challenge, one per row
 * @param incumbent  name of the one that stands
 * @param codes      group of each row, from 0
 * @see Breiman et al. 1984, Classification and Regression Trees, section 3.4.3 (the rule of one standard error)
 */
export function ladder(
  losses: ReadonlyMap<string, Float64Array>,
  incumbent: string,
  codes: ArrayLike<number>,
): { readonly kept: string; readonly steps: readonly ChoiceStep[] } {
  let kept = incumbent;
  const steps: ChoiceStep[] = [];
  for (const [rival, own] of losses) {
    if (rival === incumbent) continue;
    const { gain, standardError } = pairedGain(losses.get(kept)!, own, codes);
    const lowerBound = standardError === Infinity ? -Infinity : gain - standardError;
    const replaces = lowerBound > 0;
    steps.push({ rival, against: kept, gain, lowerBound, replaces });
    if (replaces) kept = rival;
  }
  return { kept, steps };
}
