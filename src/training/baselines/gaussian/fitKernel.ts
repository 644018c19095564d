import type { Matrix } from "../../../core/Matrix.js";
import { minimizeSmooth } from "../../../core/statistics/minimizeSmooth.js";

/**
 * Returns the evidence in nats by the logs of variance, lengths and, where there is one, noise, -∞ where it cannot be
 * had; writes its gradient.
 */
export type KernelEvidence = (logs: Float64Array, gradient: Float64Array) => number;

/** What is maximised. */
export interface KernelProblem {
  readonly features: Matrix;
  /** Whether the logs end with the variance of noise. */
  readonly noise: boolean;
  /** Above which the variance does not go, from 1 to 1e5. */
  readonly largestVariance: number;
  /** Evidence of the rows of `features`, or of some of them. */
  readonly evidenceOf: (rows: "all" | Uint32Array) => KernelEvidence;
}

/** How long the largest evidence is looked for. */
export interface KernelSearch {
  /** Of the three starts, how many are tried (default 3). */
  readonly starts?: number;
  /** Steps from the best of them (default 200). */
  readonly maxIterations?: number;
  /**
   * Whether each feature has a length of its own, or all share one in units of their standard deviations (default
   * "each"). One length cannot tell which features matter, nor be misled in that by few rows.
   */
  readonly lengths?: "each" | "shared";
}

/** The best kernel that was found. */
export interface KernelFit {
  readonly logs: Float64Array;
  readonly evidence: number;
  /** Steps of the ascent that led there. */
  readonly iterations: number;
  readonly converged: boolean;
}

/** Between which every variance and length stays, as in scikit-learn. */
export const kernelBounds: readonly [number, number] = [1e-5, 1e5];
/** Lengths, in units of √columns · standard deviation of the feature, and noise; the variance starts at 1. */
const allStarts = [
  { length: 1, noise: 0.1 },
  { length: 2, noise: 0.5 },
  { length: 0.5, noise: 0.01 },
] as const;
/** Steps after which the best of the starts goes on alone. */
const firstSteps = 15;
/** Of more rows, so many show first where to start with all. */
const mostSearched = 500;

/**
 * Kernel of the largest evidence, by L-BFGS from a few starts, of which the best after 15 steps goes on. Of more than
 * 500 rows, 500 spread evenly over the table are searched first, and all of them from the kernel found there. Bounds
 * are kept by a sine in their place (James and Roos 1975, doi:10.1016/0010-4655(75)90039-9): at a bound the evidence is
 * level, and an ascent that presses on it ends there. It has settled when less than about 1e-8 of the evidence is to be
 * gained; other maxima may lie elsewhere, the more the more features there are.
 *
 * @throws RangeError if `starts` is not 1, 2 or 3, or `maxIterations` not a whole number from 1
 * @returns null where no start has an evidence
 */
export function fitKernel(
  { features, noise, largestVariance, evidenceOf }: KernelProblem,
  { starts: count = allStarts.length, maxIterations = 200, lengths = "each" }: KernelSearch,
  caller: string,
): KernelFit | null {
  for (const [name, value, most] of [
    ["starts", count, allStarts.length],
    ["maxIterations", maxIterations, Infinity],
  ] as const)
    if (!(Number.isInteger(value) && value >= 1 && value <= most))
      throw new RangeError(
        `${caller}: ${name} must be a whole number from 1${most < Infinity ? ` to ${most}` : ""}; got ${value}`,
      );
  const { rows, columns } = features;
  const spreads = featureSpreads(features);
  const isShared = lengths === "shared";
  const evidenceFor = (some: "all" | Uint32Array): KernelEvidence =>
    isShared ? tied(evidenceOf(some), spreads) : evidenceOf(some);
  const whole = (fit: KernelFit | null): KernelFit | null =>
    fit === null || !isShared ? fit : { ...fit, logs: untied(fit.logs, spreads) };
  const starts = allStarts
    .slice(0, count)
    .map((start) =>
      Float64Array.of(
        0,
        ...(isShared ? [1] : spreads).map((spread) => Math.log(start.length * Math.sqrt(columns) * spread)),
        ...(noise ? [Math.log(start.noise)] : []),
      ),
    );
  const lowest = starts[0].map(() => Math.log(kernelBounds[0]));
  const highest = starts[0].map((_, i) => Math.log(i === 0 ? largestVariance : kernelBounds[1]));
  const climbFrom = (evidence: KernelEvidence, some: readonly Float64Array[]): KernelFit | null =>
    climbFromBest({ evidence, lowest, highest }, some, maxIterations);
  if (rows <= mostSearched) return whole(climbFrom(evidenceFor("all"), starts));
  const spread = Uint32Array.from({ length: mostSearched }, (_, i) => Math.floor((i * rows) / mostSearched));
  const found = climbFrom(evidenceFor(spread), starts);
  const all = evidenceFor("all");
  // A class that few rows have may be missing among those that were searched.
  const valueAt = (logs: Float64Array): number => all(logs, new Float64Array(logs.length));
  const better = found !== null && valueAt(found.logs) > valueAt(starts[0]) ? found.logs : starts[0];
  return whole(climbFrom(all, [better]));
}

/** Evidence by logs with one length in the place of all, in units of the spread of each feature. */
function tied(evidence: KernelEvidence, spreads: readonly number[]): KernelEvidence {
  return (logs, gradient) => {
    const own = new Float64Array(logs.length - 1 + spreads.length);
    const value = evidence(untied(logs, spreads), own);
    gradient[0] = own[0];
    gradient[1] = own.subarray(1, 1 + spreads.length).reduce((sum, slope) => sum + slope, 0);
    for (let i = 2; i < logs.length; i++) gradient[i] = own[i - 1 + spreads.length];
    return value;
  };
}

function untied(logs: Float64Array, spreads: readonly number[]): Float64Array {
  const [variance, length, ...noise] = logs;
  return Float64Array.of(variance, ...spreads.map((spread) => length + Math.log(spread)), ...noise);
}

/** An evidence and the logs between which it is looked for. */
interface Climb {
  readonly evidence: KernelEvidence;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

function climbFromBest(climb: Climb, starts: readonly Float64Array[], maxIterations: number): KernelFit | null {
  const steps = starts.length === 1 ? maxIterations : Math.min(firstSteps, maxIterations);
  const fits = starts.map((start) => climbFrom(climb, start, steps)).filter((fit) => fit !== null);
  if (fits.length === 0) return null;
  const best = fits.reduce((high, fit) => (fit.evidence > high.evidence ? fit : high));
  const left = maxIterations - best.iterations;
  if (best.converged || left <= 0) return best;
  const end = climbFrom(climb, best.logs, left);
  return end === null ? best : { ...end, iterations: best.iterations + end.iterations };
}

/** Null where the start has no evidence. */
function climbFrom({ evidence, lowest, highest }: Climb, start: Float64Array, maxIterations: number): KernelFit | null {
  const size = start.length;
  const logs = new Float64Array(size);
  const middles = highest.map((high, i) => (high + lowest[i]) / 2);
  const halves = highest.map((high, i) => (high - lowest[i]) / 2);
  const inside = (angles: Float64Array): Float64Array => {
    for (let i = 0; i < size; i++) logs[i] = middles[i] + halves[i] * Math.sin(angles[i] / halves[i]);
    return logs;
  };
  // At a bound itself the slope would be 0.
  const angles = start.map(
    (log, i) => halves[i] * Math.asin(Math.min(0.999, Math.max(-0.999, (log - middles[i]) / halves[i]))),
  );
  if (evidence(inside(angles), new Float64Array(size)) === -Infinity) return null;
  let unit = 0;
  const { values, loss, iterations, converged } = minimizeSmooth(
    (at, gradient) => {
      const value = evidence(inside(at), gradient);
      for (let i = 0; i < size; i++) gradient[i] *= -Math.cos(at[i] / halves[i]);
      return -value;
    },
    angles,
    {
      maxIterations,
      tolerance: 1e-8,
      // As many pairs as it takes: an evaluation costs more than all of them.
      memory: 50,
      // The first step is at most 1 long: the slope says where to go, not how far.
      precondition: (vector) => {
        if (unit === 0) unit = 1 / Math.max(1, Math.hypot(...vector));
        for (let i = 0; i < size; i++) vector[i] *= unit;
      },
    },
  );
  return { logs: Float64Array.from(inside(values)), evidence: -loss, iterations, converged };
}

/** Standard deviation of each feature; 1 where it is constant, for then its length does not matter. */
function featureSpreads({ rows, columns, values }: Matrix): readonly number[] {
  return Array.from({ length: columns }, (_, j) => {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) sum += values[row * columns + j];
    for (let row = 0; row < rows; row++) squares += (values[row * columns + j] - sum / rows) ** 2;
    return squares > 0 ? Math.sqrt(squares / rows) : 1;
  });
}
