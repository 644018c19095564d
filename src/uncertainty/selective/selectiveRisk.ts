import { checkScores } from "../../core/metrics/checkScores.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { byUncertainty } from "./riskCoverage.js";

/** What answering only where sure comes to. */
export interface SelectiveRisk {
  /** Rows as uncertain as this or less are answered. */
  readonly threshold: number;
  /** Rows answered, and how many of the answers are wrong. */
  readonly answered: number;
  readonly wrong: number;
  readonly coverage: number;
  readonly coverageInterval: Interval;
  /** Share of answers that are wrong; null where nothing is answered. */
  readonly risk: number | null;
  /**
   * One-sided upper bound; null where nothing is answered. Rows count as independent, and the threshold as fixed
   * beforehand: one that was chosen by these errors needs abstentionPolicy.
   */
  readonly riskBound: Interval | null;
}

/**
 * Risk among the rows that are answered: those up to a threshold, or the surest share of them (with all that tie with
 * the last).
 *
 * @param errors       1 where the model was wrong, else 0, shape [n], n at least 1
 * @param uncertainty  larger where less sure; any finite numbers, shape [n]
 * @param answer       `threshold`, any finite number, or `coverage` in (0, 1]
 * @throws RangeError if there are no rows, lengths differ, an error is neither 0 nor 1, an uncertainty or threshold
 *   is not finite, or the coverage leaves (0, 1]
 * @see El-Yaniv and Wiener 2010, Journal of Machine Learning Research 11, 1605
 */
export function selectiveRisk(
  errors: ArrayLike<number>,
  uncertainty: ArrayLike<number>,
  answer: { readonly threshold: number } | { readonly coverage: number },
  { level = 0.95 }: { readonly level?: number } = {},
): SelectiveRisk {
  checkScores(errors, uncertainty, "selectiveRisk");
  const n = errors.length;
  if (n === 0) throw new RangeError("selectiveRisk: at least one row is needed; got none");
  const threshold = "threshold" in answer ? answer.threshold : thresholdAt(uncertainty, answer.coverage);
  if (!Number.isFinite(threshold))
    throw new RangeError(`selectiveRisk: the threshold must be finite; got ${threshold}`);
  let [answered, wrong] = [0, 0];
  for (let row = 0; row < n; row++) {
    if (uncertainty[row] > threshold) continue;
    answered++;
    wrong += errors[row];
  }
  return {
    threshold,
    answered,
    wrong,
    coverage: answered / n,
    coverageInterval: clopperPearson(answered, n, { level }),
    risk: answered > 0 ? wrong / answered : null,
    riskBound: answered > 0 ? clopperPearson(wrong, answered, { level, side: "upper" }) : null,
  };
}

function thresholdAt(uncertainty: ArrayLike<number>, coverage: number): number {
  if (!(coverage > 0 && coverage <= 1))
    throw new RangeError(`selectiveRisk: the coverage must lie in (0, 1]; got ${coverage}`);
  // 0.7 · 10 is a rounding above 7.
  const rows = Math.ceil(coverage * uncertainty.length - 1e-9);
  return uncertainty[byUncertainty(uncertainty)[Math.max(0, rows - 1)]];
}
