import { checkLevel } from "../../core/statistics/checkLevel.js";
import { betaQuantile } from "../../core/statistics/betaQuantile.js";
import { checkAlpha } from "./checkAlpha.js";
import { conformalRank, rowsNeeded } from "./conformalRank.js";

/** How coverage scatters from one calibration set to the next, as shares of rows. */
export interface CoverageLaw {
  readonly rank: number;
  readonly mean: number;
  readonly sd: number;
  /** Coverage lies in here with probability at least `level`, each tail having at most half of the rest. */
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * Law of the coverage that split conformal prediction shows from one calibration set to the next. With n independent
 * calibration rows and scores without ties it is beta(k, n + 1 - k) with k = ceil((n + 1)(1 - alpha)) over endlessly
 * many new rows, beta-binomial on `testRows` of them. Not the binomial: over resplits, the calibration rows vary too.
 * With ties coverage is larger.
 *
 * @param n      calibration rows, at least 1/alpha - 1
 * @param alpha  share that may be missed, in (0, 1)
 * @param options.testRows  rows that coverage is counted on (default: endlessly many)
 * @param options.level     default 0.95
 * @throws RangeError if alpha or level leave (0, 1), or counts are no whole numbers or too small
 * @see Vovk 2013, doi:10.1007/s10994-013-5355-6; Angelopoulos and Bates 2023, doi:10.1561/2200000101
 */
export function coverageLaw(
  n: number,
  alpha: number,
  { testRows = Infinity, level = 0.95 }: { readonly testRows?: number; readonly level?: number } = {},
): CoverageLaw {
  checkAlpha(alpha, "coverageLaw");
  checkLevel(level, "coverageLaw");
  if (!(Number.isInteger(n) && n >= rowsNeeded(alpha)))
    throw new RangeError(
      `coverageLaw: alpha = ${alpha} needs at least ${rowsNeeded(alpha)} calibration rows; got ${n}; ` +
        "with fewer, everything is covered and nothing said",
    );
  if (!((Number.isInteger(testRows) || testRows === Infinity) && testRows >= 1))
    throw new RangeError(`coverageLaw: testRows must be an integer of at least 1; got ${testRows}`);
  const rank = conformalRank(n, alpha);
  const [a, b] = [rank, n + 1 - rank];
  const mean = a / (n + 1);
  const tails = [(1 - level) / 2, (1 + level) / 2] as const;
  const [low, high] =
    testRows === Infinity
      ? tails.map((tail) => betaQuantile(tail, a, b))
      : betaBinomialQuantiles(tails, testRows, a, b).map((hits) => hits / testRows);
  const spread = testRows === Infinity ? 1 : 1 + (n + 1) / testRows;
  return { rank, mean, sd: Math.sqrt((mean * (1 - mean) * spread) / (n + 2)), low, high, level };
}

/** Smallest counts whose distribution function reaches the probabilities, given in ascending order. */
function betaBinomialQuantiles(probabilities: readonly number[], trials: number, a: number, b: number): number[] {
  const mode = Math.round((trials * a) / (a + b));
  const weights = new Float64Array(trials + 1);
  const ratio = (hits: number): number => ((trials - hits) * (a + hits)) / ((hits + 1) * (b + trials - hits - 1));
  // Outwards from the middle: far tails fade to 0 where the other way round they would all be 0.
  weights[mode] = 1;
  for (let hits = mode; hits < trials; hits++) weights[hits + 1] = weights[hits] * ratio(hits);
  for (let hits = mode - 1; hits >= 0; hits--) weights[hits] = weights[hits + 1] / ratio(hits);
  const total = weights.reduce((sum, weight) => sum + weight);
  let [hits, below] = [0, weights[0]];
  return probabilities.map((probability) => {
    while (hits < trials && below < probability * total) below += weights[++hits];
    return hits;
  });
}
