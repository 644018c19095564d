import { checkLevel } from "./checkLevel.js";
import type { Estimate } from "./Estimate.js";
import { studentQuantile } from "./studentQuantile.js";

/**
 * Mean of scores over rounds of a (repeated) cross-validation with the corrected
 * resampled t interval. Rounds train on overlapping rows, so the variance of their scores
 * understates that of the mean; it is widened by the ratio of test to training rows:
 *
 *     mean ± t(level, k - 1) · sqrt((1/k + test/train) · s²)
 *
 * @param scores           one per round, shape [k]
 * @param options.ratio    test rows over training rows of a round: 1/4 in five folds
 * @param options.level    two-sided, in (0, 1) (default 0.95)
 * @throws RangeError if there are fewer than two scores, one is not finite, or ratio is not above 0
 * @see Nadeau and Bengio 2003, doi:10.1023/A:1024068626366; Bouckaert
 *   and Frank 2004, doi:10.1007/978-3-540-24775-3_3, for repeats
 *
 * @example
 * ```ts
 * import { nadeauBengio } from "cspbbr3-twin";
 *
 * const { value, interval } = nadeauBengio([0.8, 0.82, 0.79, 0.81, 0.83], { ratio: 1 / 4 });
 * console.log(value.toFixed(2), interval.low.toFixed(3), interval.high.toFixed(3));
 * // 0.81 0.781 0.839
 * ```
 */
export function nadeauBengio(
  scores: readonly number[],
  { ratio, level = 0.95 }: { readonly ratio: number; readonly level?: number },
): Estimate {
  const k = scores.length;
  if (k < 2) throw new RangeError(`nadeauBengio: at least 2 scores are needed; got ${k}`);
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) throw new RangeError(`nadeauBengio: scores must be finite; round ${bad} has ${scores[bad]}`);
  if (!(ratio > 0 && ratio < Infinity))
    throw new RangeError(`nadeauBengio: the ratio of test to training rows must be above 0; got ${ratio}`);
  checkLevel(level, "nadeauBengio");
  const mean = scores.reduce((a, b) => a + b, 0) / k;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (k - 1);
  const reach = studentQuantile((1 + level) / 2, k - 1) * Math.sqrt((1 / k + ratio) * variance);
  return {
    value: mean,
    interval: {
      low: mean - reach,
      high: mean + reach,
      level,
      method: `corrected resampled t (Nadeau and Bengio), ${k} rounds`,
    },
  };
}
