import { checkNumbers, checkPairs } from "./checkNumbers.js";
import { studentTails } from "./incompleteBeta.js";
import { sampleMoments } from "./sampleMoments.js";

/** How two means differ, first minus second, and how surprising that is. */
export interface StudentTest {
  readonly difference: number;
  /** Difference less what it is held against, in standard errors; null where nothing varies. */
  readonly statistic: number | null;
  /** Null where nothing varies. */
  readonly freedom: number | null;
  readonly pValue: number | null;
}

/** Which test it is, and against what. */
export interface StudentTestKind {
  /** "Welch": variances may differ (default); "pooled": they are one; "paired": rows belong together. */
  readonly kind?: "Welch" | "pooled" | "paired";
  /** Difference that is held against (default 0). */
  readonly against?: number;
  /** Which differences are surprising: either (default), larger ones or smaller ones. */
  readonly side?: "both" | "larger" | "smaller";
}

/**
 * Student's test of two means of independent rows. Where rows come in groups use pairedDifference or groupInterval.
 *
 * @param first,second  finite, at least 2 each
 * @throws InputError if a number is not finite, or paired samples differ in length
 * @see Welch 1947, doi:10.1093/biomet/34.1-2.28
 *
 * @example
 * ```ts
 * import { studentTest } from "cspbbr3-twin";
 *
 * const { difference, statistic, pValue } = studentTest([5, 6, 7, 6], [7, 8, 9, 9]);
 * console.log(difference, statistic?.toFixed(2), pValue?.toFixed(3));
 * // -2.25 -3.58 0.012
 * ```
 */
export function studentTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { kind = "Welch", against = 0, side = "both" }: StudentTestKind = {},
): StudentTest {
  const { difference, error, freedom } = kind === "paired" ? ofPairs(first, second) : ofSamples(first, second, kind);
  if (!(error > 0)) return { difference, statistic: null, freedom: null, pValue: null };
  const statistic = (difference - against) / error;
  const half = studentTails(statistic, freedom) / 2;
  const isLarger = statistic > 0 === (side === "larger");
  return { difference, statistic, freedom, pValue: side === "both" ? 2 * half : isLarger ? half : 1 - half };
}

/** A difference with its standard error. */
interface DifferenceError {
  readonly difference: number;
  readonly error: number;
  readonly freedom: number;
}

function ofPairs(first: ArrayLike<number>, second: ArrayLike<number>): DifferenceError {
  checkPairs(first, second, "studentTest, paired", 2);
  const { n, mean, variance } = sampleMoments(Float64Array.from(first, (value, row) => value - second[row]));
  return { difference: mean, error: Math.sqrt(variance / n), freedom: n - 1 };
}

function ofSamples(first: ArrayLike<number>, second: ArrayLike<number>, kind: "Welch" | "pooled"): DifferenceError {
  const [a, b] = [first, second].map((values) => {
    checkNumbers(values, "studentTest", 2);
    return sampleMoments(values);
  });
  const difference = a.mean - b.mean;
  if (kind === "pooled") {
    const freedom = a.n + b.n - 2;
    const pooled = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / freedom;
    return { difference, error: Math.sqrt(pooled * (1 / a.n + 1 / b.n)), freedom };
  }
  const [ofA, ofB] = [a.variance / a.n, b.variance / b.n];
  return {
    difference,
    error: Math.sqrt(ofA + ofB),
    freedom: (ofA + ofB) ** 2 / (ofA ** 2 / (a.n - 1) + ofB ** 2 / (b.n - 1)),
  };
}
