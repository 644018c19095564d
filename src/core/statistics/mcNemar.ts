import { chiSquareTail } from "./chiSquareTail.js";

/** Rows on which exactly one of two classifiers is right, and how surprising their split is. */
export interface McNemarTest {
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
  /** Two-sided, exact; 1 where the two never differ. */
  readonly pValue: number;
  /** McNemar's own statistic, with Edwards's correction for continuity; null where the two never differ. */
  readonly chiSquare: number | null;
  /** Its two-sided probability, which the exact one replaces where rows are few; null likewise. */
  readonly chiSquareProbability: number | null;
}

/**
 * McNemar's exact test of two classifiers on the same rows: if both err alike, each row on which exactly one is right
 * favours either with probability 1/2. Rows must be independent; where they come in groups use pairedDifference.
 *
 * @param labels  true class codes, shape [n]
 * @param first   codes that one classifier predicted, shape [n]
 * @param second  codes that the other predicted, shape [n]
 * @throws RangeError if lengths differ or are 0
 * @see McNemar 1947, doi:10.1007/BF02295996
 *
 * @example
 * ```ts
 * import { mcNemar } from "cspbbr3-twin";
 *
 * const labels = [1, 1, 1, 1, 1, 1, 0, 0];
 * const { onlyFirstRight, onlySecondRight, pValue } = mcNemar(labels, labels, [1, 1, 0, 0, 0, 0, 1, 0]);
 * console.log(onlyFirstRight, onlySecondRight, pValue);
 * // 5 0 0.0625
 * ```
 */
export function mcNemar(labels: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>): McNemarTest {
  if (labels.length === 0 || first.length !== labels.length || second.length !== labels.length) {
    throw new RangeError(
      "mcNemar: both classifiers must predict each of the rows, at least one; got " +
        `${first.length} and ${second.length} predictions for ${labels.length} labels`,
    );
  }
  let [onlyFirstRight, onlySecondRight] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const [a, b] = [first[row] === labels[row], second[row] === labels[row]];
    if (a && !b) onlyFirstRight++;
    if (b && !a) onlySecondRight++;
  }
  const differing = onlyFirstRight + onlySecondRight;
  const chiSquare =
    differing === 0 ? null : Math.max(0, Math.abs(onlyFirstRight - onlySecondRight) - 1) ** 2 / differing;
  return {
    onlyFirstRight,
    onlySecondRight,
    chiSquare,
    chiSquareProbability: chiSquare === null ? null : chiSquareTail(chiSquare, 1),
    pValue: Math.min(1, 2 * halfTail(Math.min(onlyFirstRight, onlySecondRight), differing)),
  };
}

/** P(at most `hits` of `trials` fair coins). In logarithms: 2^-trials is no double above a thousand. */
function halfTail(hits: number, trials: number): number {
  let logTerm = -trials * Math.LN2;
  let sum = 0;
  for (let i = 0; i <= hits; i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((trials - i) / (i + 1));
  }
  return sum;
}
