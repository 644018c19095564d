import type { Random } from "../random/Random.js";
import type { ResamplingOptions } from "./checkResampling.js";
import { checkPairs } from "./checkNumbers.js";
import { type EstimateOrReason, estimateOf } from "./Estimate.js";
import { groupInterval } from "./groupInterval.js";
import { studentTails } from "./incompleteBeta.js";
import type { IntervalOrReason } from "./Interval.js";
import { checkLevel } from "./checkLevel.js";
import { normalQuantile } from "./normalQuantile.js";

/** How two columns go together. */
export type Correlation = EstimateOrReason & {
  /** Of no correlation, two-sided; null where rows come in groups, or there is none. */
  readonly pValue: number | null;
  readonly n: number;
};

/** Where rows come in groups, an interval over them; else they are taken as independent. */
export interface CorrelationOptions extends ResamplingOptions {
  /** Group of each row (lab, batch, paper), shape [n]. */
  readonly groups?: readonly (string | number)[];
  /** Required where groups are given. */
  readonly random?: Random;
}

/**
 * Pearson's correlation of two columns with Fisher's interval or, where rows come in groups, that of groupInterval.
 *
 * @param first,second  finite, shape [n], n at least 4
 * @param options       level 0.95; `groups` with `random`: whole groups are drawn or left out, on Fisher's scale
 * @returns without a value, and with the reason, where a column does not vary
 * @throws InputError if a number is not finite, or lengths differ
 * @see Fisher 1915, doi:10.2307/2331838 (atanh r scatters by 1/√(n - 3))
 *
 * @example
 * ```ts
 * import { pearsonCorrelation } from "cspbbr3-twin";
 *
 * const { value, interval, pValue } = pearsonCorrelation([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]);
 * console.log(value?.toFixed(3), interval?.low.toFixed(2), interval?.high.toFixed(2), pValue?.toFixed(3));
 * // 0.829 0.05 0.98 0.042
 * ```
 */
export function pearsonCorrelation(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: CorrelationOptions = {},
): Correlation {
  checkPairs(first, second, "pearsonCorrelation", 4);
  const of = (rows: Uint32Array): number =>
    productMoment(
      Float64Array.from(rows, (row) => first[row]),
      Float64Array.from(rows, (row) => second[row]),
    );
  return correlationOf(of, first.length, options, { where: "pearsonCorrelation", scatter: () => 1, by: "Fisher" });
}

/** Σ(x - x̄)(y - ȳ) over the root of the squares; NaN where one does not vary. */
export function productMoment(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const n = first.length;
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumA += first[i];
    sumB += second[i];
  }
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [first[i] - sumA / n, second[i] - sumB / n];
    squaresA += a * a;
    squaresB += b * b;
    products += a * b;
  }
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresA * squaresB)));
}

/** How a correlation's interval is made where rows are independent. */
interface CorrelationLaw {
  readonly where: string;
  /** Variance of atanh r, in 1/(n - 3). */
  readonly scatter: (r: number) => number;
  readonly by: string;
}

/** A correlation of rows, with its interval and test. */
export function correlationOf(
  of: (rows: Uint32Array) => number,
  n: number,
  { groups, random, draws, level = 0.95, unit }: CorrelationOptions,
  { where, scatter, by }: CorrelationLaw,
): Correlation {
  checkLevel(level, where);
  const value = of(Uint32Array.from({ length: n }, (_, row) => row));
  if (Number.isNaN(value))
    return { value: null, interval: null, reason: "a column that does not vary goes with none", pValue: null, n };
  const known = groups === undefined ? ofRows() : ofGroups(groups);
  const pValue = groups === undefined ? studentTails(value * Math.sqrt((n - 2) / (1 - value ** 2)), n - 2) : null;
  return known.interval === null
    ? { value, ...known, pValue, n }
    : { ...estimateOf(value, known.interval), reason: null, pValue, n };

  function ofRows(): IntervalOrReason {
    if (Math.abs(value) === 1)
      return { interval: null, reason: "a perfect correlation says nothing of how it scatters" };
    const reach = normalQuantile((1 + level) / 2) * Math.sqrt(scatter(value) / (n - 3));
    const [low, high] = [-reach, reach].map((end) => Math.tanh(Math.atanh(value) + end));
    return { interval: { low, high, level, method: by }, reason: null };
  }

  function ofGroups(given: readonly (string | number)[]): IntervalOrReason {
    if (given.length !== n) throw new RangeError(`${where}: one group per row is needed; got ${given.length} for ${n}`);
    if (random === undefined)
      throw new TypeError(`${where}: groups are drawn, so a random is needed; give seededRandom`);
    const scaled = groupInterval(given, (rows) => Math.atanh(of(rows)), random, { draws, level, unit, kind: "mean" });
    if (scaled.interval === null) return scaled;
    const { low, high, method } = scaled.interval;
    return {
      interval: { low: Math.tanh(low), high: Math.tanh(high), level, method: `${method}, of atanh r` },
      reason: null,
    };
  }
}
