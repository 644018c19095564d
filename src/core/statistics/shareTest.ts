import { checkLevel } from "./checkLevel.js";
import { checkShare } from "./checkShare.js";
import type { Interval } from "./Interval.js";
import type { Share } from "./newcombeInterval.js";
import { normalProbability } from "./normalProbability.js";
import { normalQuantile } from "./normalQuantile.js";

/** How two independent shares differ, first minus second. */
export interface ShareTest {
  readonly difference: number;
  /** Pooled z; null where all outcomes are equal, and nothing can be told. */
  readonly z: number | null;
  /** Two-sided; null likewise. */
  readonly pValue: number | null;
  /** Wald's interval of the difference, as textbooks have it: too narrow near 0 and 1, where newcombeInterval holds. */
  readonly wald: Interval;
}

/**
 * The z test of two independent shares of many trials; with few use fisherExact or barnardExact.
 *
 * @param options.level  of Wald's interval (default 0.95)
 * @throws RangeError if counts do not fit
 *
 * @example
 * ```ts
 * import { shareTest } from "cspbbr3-twin";
 *
 * const { z, pValue } = shareTest({ hits: 172, trials: 200 }, { hits: 158, trials: 200 });
 * console.log(z?.toFixed(3), pValue?.toFixed(4));
 * // 1.842 0.0654
 * ```
 */
export function shareTest(first: Share, second: Share, { level = 0.95 }: { readonly level?: number } = {}): ShareTest {
  checkLevel(level, "shareTest");
  for (const one of [first, second]) checkShare(one, "shareTest");
  const [a, b] = [first, second].map(({ hits, trials }) => ({ share: hits / trials, trials }));
  const difference = a.share - b.share;
  const pooled = (first.hits + second.hits) / (a.trials + b.trials);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.trials + 1 / b.trials));
  const z = error > 0 ? difference / error : null;
  const own = Math.sqrt((a.share * (1 - a.share)) / a.trials + (b.share * (1 - b.share)) / b.trials);
  const reach = normalQuantile((1 + level) / 2) * own;
  return {
    difference,
    z,
    pValue: z === null ? null : 2 * normalProbability(-Math.abs(z)),
    wald: { low: difference - reach, high: difference + reach, level, method: "Wald" },
  };
}
