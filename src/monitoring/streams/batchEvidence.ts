import { logitOfMean } from "../../core/statistics/logitOfMean.js";

/** What an estimated error share of each row is held against. */
export interface BatchAlternative {
  /** Factor on the odds of an error within a batch, above 0: above 1 rows err more often than estimated. */
  readonly oddsRatio: number;
  /** Standard deviation of batches on the logit that is allowed for, at least 0. */
  readonly batchSpread: number;
}

/**
 * Logarithm of the likelihood ratio of one batch: odds of an error changed by a factor, against as estimated. All rows
 * of a batch share a random deviation on the logit, which is integrated out on both sides.
 *
 * Where errors come as estimated, with that spread between batches or less, its exponential is at most 1 on average,
 * so products over batches are evidence that may be looked at after each.
 *
 * @param estimates  estimated error share of each row, in (0, 1)
 * @param errors     1 where the row was wrong, else 0; of the same length
 */
export function batchEvidence(
  estimates: ArrayLike<number>,
  errors: ArrayLike<number>,
  { oddsRatio, batchSpread }: BatchAlternative,
): number {
  const parts = equalRows(estimates, errors, batchSpread);
  return logLikelihood(parts, Math.log(oddsRatio), batchSpread) - logLikelihood(parts, 0, batchSpread);
}

/** Rows that share an estimate. */
interface EqualRows {
  readonly logit: number;
  readonly rows: number;
  readonly errors: number;
}

function equalRows(estimates: ArrayLike<number>, errors: ArrayLike<number>, spread: number): EqualRows[] {
  const parts = new Map<number, { logit: number; rows: number; errors: number }>();
  for (let row = 0; row < estimates.length; row++) {
    const estimate = estimates[row];
    let part = parts.get(estimate);
    if (part === undefined) {
      part = { logit: logitOfMean(estimate, spread), rows: 0, errors: 0 };
      parts.set(estimate, part);
    }
    part.rows++;
    part.errors += errors[row];
  }
  return [...parts.values()];
}

/** Nodes lie half a standard deviation of the integrand apart, where the rule of trapezoids is exact to rounding. */
const nodes = 33;
const nodeStep = 0.5;

/** ln ∫ Π P(errors | logit + shift + u) φ(u / spread) / spread du, about the mode of its integrand. */
function logLikelihood(parts: readonly EqualRows[], shift: number, spread: number): number {
  if (spread === 0) return logProbability(parts, shift);
  let mode = 0;
  let curvature = 1 / spread ** 2;
  // The integrand is log-concave: Newton's steps, halved where they would leave the spread of batches, settle soon.
  for (let round = 0; round < 50; round++) {
    let slope = -mode / spread ** 2;
    curvature = 1 / spread ** 2;
    for (const { logit, rows, errors } of parts) {
      const share = 1 / (1 + Math.exp(-(logit + shift + mode)));
      slope += errors - rows * share;
      curvature += rows * share * (1 - share);
    }
    const step = Math.max(-1, Math.min(1, slope / curvature));
    mode += step;
    if (Math.abs(step) < 1e-9) break;
  }
  const width = nodeStep / Math.sqrt(curvature);
  const logs = Array.from({ length: nodes }, (_, i) => {
    const u = mode + (i - (nodes - 1) / 2) * width;
    return logProbability(parts, shift + u) - u ** 2 / (2 * spread ** 2);
  });
  const most = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
  return most + Math.log((sum * width) / (spread * Math.sqrt(2 * Math.PI)));
}

function logProbability(parts: readonly EqualRows[], shift: number): number {
  let sum = 0;
  for (const { logit, rows, errors } of parts) {
    const z = logit + shift;
    // ln(1 + e^z) without overflow.
    sum += errors * z - rows * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
  }
  return sum;
}
