import { InputError } from "../../../core/InputError.js";
import { checkFinite, type Matrix, selectMatrixRows } from "../../../core/Matrix.js";
import { rowWeights } from "../../../core/statistics/rowWeights.js";
import { checkKernel } from "./checkKernel.js";
import { checkProcessRows } from "./checkProcessRows.js";
import { fitKernel, kernelBounds, type KernelSearch } from "./fitKernel.js";
import type { KernelSmoothness } from "./maternKernel.js";
import {
  type GaussianTargetPredictor,
  gaussianTargetPredictor,
  type NoisyKernel,
  type TargetProcess,
  type TargetProcesses,
} from "./gaussianTargetPredictor.js";
import { type TargetEvidence, targetEvidence } from "./targetEvidence.js";

/** A Gaussian process of one target with the end of its fit. */
export interface FittedTargetProcess extends TargetProcess {
  /** Log marginal likelihood of the standardised target, in nats. */
  readonly evidence: number;
  /** Variance added to that of each row so that the covariance matrix has a Cholesky factor. */
  readonly jitter: number;
  /** Steps that led to the kernel; 0 where it was given. */
  readonly iterations: number;
  /** False where `maxIterations` came first; it predicts all the same, and a report must say so. */
  readonly converged: boolean;
}

/** Gaussian processes of targets: they predict, with standard deviations, and their numbers can be stored. */
export interface GaussianRegressor extends GaussianTargetPredictor, TargetProcesses {
  readonly processes: readonly FittedTargetProcess[];
}

/** Kernels, weights and search of trainGaussianRegressor. */
export interface GaussianRegressorOptions extends KernelSearch {
  /** One per target, taken as they are; without them the evidence chooses. */
  readonly kernels?: readonly NoisyKernel[];
  /** One per row, at least 0 (default 1 each): a row of weight 2 has half the variance of noise. */
  readonly weights?: ArrayLike<number>;
  /** Of kernels that the evidence chooses (default 2.5). */
  readonly smoothness?: KernelSmoothness;
}

/** Jitters tried one after the other, in units of the variance of the target; the first is scikit-learn's. */
const jitters = [1e-10, 1e-9, 1e-8, 1e-7, 1e-6];

/**
 * Exact Gaussian processes with normal noise, one per target over the rows where it is known. The kernel is Matérn's
 * of smoothness 5/2 or 1/2, with a length for each feature or one for all. Targets are standardised inside. Variance,
 * lengths and noise are those of the largest marginal likelihood between 1e-5 and 1e5 (the model of scikit-learn's
 * GaussianProcessRegressor with ConstantKernel * Matern(nu=smoothness) + WhiteKernel and normalize_y), sought by L-BFGS
 * from three fixed starts (of more than 500 rows, on 500 of them first). So standardise features first.
 *
 * A fit of 300 rows and 25 features takes seconds, one of 2,000 minutes. Equal input gives equal bytes.
 *
 * @param features     shape [rows, columns], finite
 * @param targets      row-major [rows, targetNames], NaN where unknown
 * @param targetNames  one per column of the targets, at least one
 * @throws RangeError if lengths do not fit, a feature or target is infinite, fewer than 2 rows have a target, an option
 *   is outside its range, or weights are negative or all 0
 * @throws InputError if more than 2,000 rows have a target, the covariance matrix has no Cholesky factor, or the
 *   WebAssembly program was not built
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, chapters 2 and 5
 *
 * @example
 * ```ts
 * import { makeMatrix, trainGaussianRegressor } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.from({ length: 20 }, (_, row) => row / 4));
 * const model = trainGaussianRegressor(features, Array.from(features.values, Math.sin), ["y"]);
 * const asked = makeMatrix(["x"], Float32Array.of(2.1, 9));
 * console.log(model.predictTargets(asked)[0].toFixed(3), Math.sin(2.1).toFixed(3));
 * const [inside, outside] = model.predictDeviations(asked);
 * console.log(inside < 0.01, outside > 0.5);
 * // 0.863 0.863
 * // true true
 * ```
 */
export function trainGaussianRegressor(
  features: Matrix,
  targets: ArrayLike<number>,
  targetNames: readonly string[],
  { kernels, weights, smoothness = 2.5, ...search }: GaussianRegressorOptions = {},
): GaussianRegressor {
  const { rows, names } = features;
  const count = targetNames.length;
  if (count === 0) throw new RangeError("trainGaussianRegressor: at least one target is needed; got no names");
  if (targets.length !== rows * count)
    throw new RangeError(
      `trainGaussianRegressor: ${count} targets per row of the features are needed; ` +
        `got ${targets.length} numbers for ${rows} rows`,
    );
  if (kernels !== undefined && kernels.length !== count)
    throw new RangeError(
      `trainGaussianRegressor: one kernel per target is needed; got ${kernels.length} for ${count} targets`,
    );
  for (const kernel of kernels ?? []) {
    checkKernel(kernel, names, "trainGaussianRegressor");
    if (!(kernel.noise >= 0 && kernel.noise < Infinity))
      throw new RangeError(
        `trainGaussianRegressor: the noise of a kernel must be at least 0 and finite; got ${kernel.noise}`,
      );
  }
  checkFinite("trainGaussianRegressor", features);
  const weight = rowWeights(weights, rows, "trainGaussianRegressor");
  const processes = targetNames.map((name, t) => {
    const known = Uint32Array.from({ length: rows }, (_, row) => row).filter(
      (row) => weight[row] > 0 && !Number.isNaN(targets[row * count + t]),
    );
    const own = Float64Array.from(known, (row) => targets[row * count + t]);
    checkTarget(own, known, name);
    return trainOne(
      selectMatrixRows(features, known),
      own,
      Float64Array.from(known, (row) => weight[row]),
      kernels?.[t],
      { ...search, smoothness },
      `trainGaussianRegressor, target ${name}`,
    );
  });
  const learned = { names, targets: targetNames, processes };
  return { ...learned, ...gaussianTargetPredictor(learned) };
}

function checkTarget(target: Float64Array, rows: Uint32Array, name: string): void {
  if (target.length < 2)
    throw new RangeError(
      `trainGaussianRegressor: at least 2 rows with a known target and a weight above 0 are needed; ` +
        `${name} has ${target.length}`,
    );
  const strange = target.findIndex((value) => !Number.isFinite(value));
  if (strange >= 0)
    throw new RangeError(
      "trainGaussianRegressor: targets must be finite, or NaN where unknown; " +
        `row ${rows[strange]}, target ${name} has ${target[strange]}`,
    );
  checkProcessRows(target.length, `trainGaussianRegressor, target ${name}`);
}

function trainOne(
  features: Matrix,
  target: Float64Array,
  weights: Float64Array,
  given: NoisyKernel | undefined,
  { smoothness: wanted, ...search }: KernelSearch & { readonly smoothness: KernelSmoothness },
  where: string,
): FittedTargetProcess {
  const { columns } = features;
  const { mean, scale } = momentsOf(target, weights);
  const shares = weights.map((weight) => 1 / weight);
  const targets = target.map((value) => (value - mean) / scale);
  const smoothness = given === undefined ? wanted : given.smoothness;
  const evidence = targetEvidence({ features, targets, rowNoise: shares, smoothness });
  const evidenceOfSome = (rows: Uint32Array): TargetEvidence =>
    targetEvidence({
      features: selectMatrixRows(features, rows),
      targets: Float64Array.from(rows, (row) => targets[row]),
      rowNoise: Float64Array.from(rows, (row) => shares[row]),
      smoothness,
    });
  const fit =
    given === undefined
      ? fitKernel(
          {
            features,
            noise: true,
            largestVariance: kernelBounds[1],
            evidenceOf: (rows) => {
              const own = rows === "all" ? evidence : evidenceOfSome(rows);
              return (logs, gradient) => own(logs, jitters[0], gradient);
            },
          },
          search,
          "trainGaussianRegressor",
        )
      : { logs: logsOf(given), iterations: 0, converged: true };
  const jitter = fit === null ? undefined : jitters.find((some) => evidence(fit.logs, some) > -Infinity);
  if (fit === null || jitter === undefined)
    throw new InputError({
      where,
      must: "the covariance matrix must have a Cholesky factor",
      got: `a pivot that is lost to rounding, with ${jitters.at(-1)} added to the variance of each row too`,
      mend: "give the kernel noise or less variance, or weights nearer to 1",
    });
  const { logs, iterations, converged } = fit;
  const kernel = given ?? {
    variance: Math.exp(logs[0]),
    lengths: Float64Array.from(logs.subarray(1, columns + 1), Math.exp),
    noise: Math.exp(logs[columns + 1]),
    ...(smoothness === 0.5 ? { smoothness } : {}),
  };
  return {
    kernel,
    mean,
    scale,
    features,
    rowNoise: shares.map((share) => kernel.noise * share + jitter),
    evidence: evidence(logs, jitter),
    pull: evidence.pull.slice(),
    jitter,
    iterations,
    converged,
  };
}

function logsOf({ variance, lengths, noise }: NoisyKernel): Float64Array {
  return Float64Array.of(Math.log(variance), ...Array.from(lengths, Math.log), Math.log(noise));
}

/** Weighted mean and standard deviation, the latter 1 where all targets are equal. */
function momentsOf(target: Float64Array, weights: Float64Array): { readonly mean: number; readonly scale: number } {
  let whole = 0;
  for (const weight of weights) whole += weight;
  let mean = 0;
  for (let i = 0; i < target.length; i++) mean += (weights[i] / whole) * target[i];
  // In units of the largest difference, for squares run out of range at 1e154.
  const largest = target.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  let squares = 0;
  for (let i = 0; i < target.length; i++) squares += (weights[i] / whole) * ((target[i] - mean) / (largest || 1)) ** 2;
  const scale = largest * Math.sqrt(squares);
  // Equal targets leave rounding behind.
  return { mean, scale: scale > 1e-12 * Math.abs(mean) ? scale : 1 };
}
