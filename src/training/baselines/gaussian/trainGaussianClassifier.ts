import { checkCodes } from "../../../core/metrics/checkCodes.js";
import { InputError } from "../../../core/InputError.js";
import { checkFinite, type Matrix, selectMatrixRows } from "../../../core/Matrix.js";
import type { Predictor } from "../../../core/Predictor.js";
import { rowWeights } from "../../../core/statistics/rowWeights.js";
import { checkKernel } from "./checkKernel.js";
import { checkProcessRows } from "./checkProcessRows.js";
import { type ClassEvidence, classEvidence } from "./classEvidence.js";
import { fitKernel, kernelBounds, type KernelSearch } from "./fitKernel.js";
import { type ClassProcess, type ClassProcesses, gaussianClassPredictor } from "./gaussianClassPredictor.js";
import type { MaternKernel } from "./maternKernel.js";

/** A Gaussian process of one class with the end of its fit. */
export interface FittedClassProcess extends ClassProcess {
  /** Laplace's approximation to the log marginal likelihood, in nats. */
  readonly evidence: number;
  /** Steps that led to the kernel; 0 where it was given. */
  readonly iterations: number;
  /** False where `maxIterations` came first; it predicts all the same, and a report must say so. */
  readonly converged: boolean;
}

/** Gaussian processes of classes: they predict, and their numbers can be stored. */
export interface GaussianClassifier extends Predictor, ClassProcesses {
  readonly processes: readonly FittedClassProcess[];
  /** By class code; null where a class needs no process. They may be given to another fit. */
  readonly kernels: readonly (MaternKernel | null)[];
}

/** Kernels, weights and search of trainGaussianClassifier. */
export interface GaussianClassifierOptions extends KernelSearch {
  /** By class code, taken as they are; where there is none, the evidence chooses. */
  readonly kernels?: readonly (MaternKernel | null)[];
  /** Above which the variance of a latent function does not go, from 1 to 1e5 (default 100). */
  readonly largestVariance?: number;
  /** One per row, at least 0 (default 1 each): a row of weight 2 counts as one that comes twice. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Gaussian process classification: Laplace's approximation behind a logistic link, each class against the rest.
 *
 * The kernel is Matérn's of smoothness 5/2 with a length for each feature. Its variance and lengths are those of the
 * largest approximate marginal likelihood between 1e-5 and 1e5, sought by L-BFGS from three fixed starts (of more than
 * 500 rows, on 500 of them first); so standardise features first. It is the model of scikit-learn's
 * GaussianProcessClassifier with ConstantKernel * Matern(nu=2.5), but for the largest variance: a latent function of
 * standard deviation 10 reaches every probability that counts, and beyond, where classes part almost without an error,
 * Laplace's approximation gives ever less sure probabilities (Kuss and Rasmussen 2005, JMLR 6, 1679-1704). On 300
 * recipes of the twin the log loss of five phases was 0.80 with 100, and 1.05 with 1e5.
 *
 * A class without training rows gets probability 0, as in a forest. A fit of 300 rows, 25 features and two classes
 * takes seconds; of several classes, each takes that. Equal input gives equal bytes.
 *
 * @param features  finite, shape [rows, columns]
 * @param labels    class codes below `classes.length`, shape [rows]
 * @param classes   names by code, at least two
 * @throws RangeError if lengths do not fit, a feature is not finite (row and column named), a label is no code, an
 *   option is outside its range, or weights are negative or all 0
 * @throws InputError if more than 2,000 rows have a weight above 0, a kernel is so large that Cholesky fails, or the
 *   WebAssembly program was not built
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, chapters 3 and 5
 *
 * @example
 * ```ts
 * import { makeMatrix, trainGaussianClassifier } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.from({ length: 40 }, (_, row) => row / 10));
 * const labels = Uint8Array.from({ length: 40 }, (_, row) => Number(row >= 12 && row < 28));
 * const model = trainGaussianClassifier(features, labels, ["ends", "middle"]);
 * console.log(model.predict(makeMatrix(["x"], Float32Array.of(0.2, 2))).map((p) => Number(p.toFixed(1))));
 * // Float64Array(4) [ 0.8, 0.2, 0.1, 0.9 ]
 * ```
 */
export function trainGaussianClassifier(
  features: Matrix,
  labels: ArrayLike<number>,
  classes: readonly string[],
  { kernels, largestVariance = 100, weights, ...search }: GaussianClassifierOptions = {},
): GaussianClassifier {
  if (classes.length < 2)
    throw new RangeError(
      `trainGaussianClassifier: at least two classes are needed; got ${classes.length}; ` +
        "a constant answer is trainMajority",
    );
  if (labels.length !== features.rows)
    throw new RangeError(
      "trainGaussianClassifier: one label per row is needed; " +
        `got ${labels.length} labels for ${features.rows} rows`,
    );
  if (kernels !== undefined && kernels.length !== classes.length)
    throw new RangeError(
      `trainGaussianClassifier: kernels must be one by class code; got ${kernels.length} for ${classes.length} classes`,
    );
  for (const kernel of kernels ?? [])
    if (kernel !== null) checkKernel(kernel, features.names, "trainGaussianClassifier");
  if (!(largestVariance >= 1 && largestVariance <= kernelBounds[1]))
    throw new RangeError(
      `trainGaussianClassifier: largestVariance must lie between 1 and ${kernelBounds[1]}; got ${largestVariance}`,
    );
  checkFinite("trainGaussianClassifier", features);
  checkCodes(labels, classes.length, "trainGaussianClassifier");
  const given = rowWeights(weights, features.rows, "trainGaussianClassifier");
  const rows = Uint32Array.from({ length: features.rows }, (_, row) => row).filter((row) => given[row] > 0);
  checkProcessRows(rows.length, "trainGaussianClassifier");
  const own = selectMatrixRows(features, rows);
  const weight = Float64Array.from(rows, (row) => given[row]);
  const present = classes.flatMap((_, code) => (rows.some((row) => labels[row] === code) ? [code] : []));
  const needed = present.length === 2 ? present.slice(1) : present.length === 1 ? [] : present;
  const processes = needed.map((code) =>
    trainOne(
      own,
      Uint8Array.from(rows, (row) => Number(labels[row] === code)),
      weight,
      kernels?.[code] ?? null,
      { ...search, largestVariance },
      `trainGaussianClassifier, class ${classes[code]}`,
    ),
  );
  const learned = { classes, names: features.names, features: own, present, processes };
  return {
    ...learned,
    kernels: classes.map((_, code) => processes[needed.indexOf(code)]?.kernel ?? null),
    ...gaussianClassPredictor(learned),
  };
}

function trainOne(
  features: Matrix,
  members: Uint8Array,
  weights: Float64Array,
  given: MaternKernel | null,
  { largestVariance, ...search }: KernelSearch & { readonly largestVariance: number },
  where: string,
): FittedClassProcess {
  const evidence = classEvidence({ features, members, weights });
  const evidenceOf = (rows: "all" | Uint32Array): ClassEvidence =>
    rows === "all"
      ? evidence
      : classEvidence({
          features: selectMatrixRows(features, rows),
          members: Uint8Array.from(rows, (row) => members[row]),
          weights: Float64Array.from(rows, (row) => weights[row]),
        });
  const fit =
    given === null
      ? fitKernel({ features, noise: false, largestVariance, evidenceOf }, search, "trainGaussianClassifier")
      : {
          logs: Float64Array.of(Math.log(given.variance), ...Array.from(given.lengths, Math.log)),
          iterations: 0,
          converged: true,
        };
  const value = fit === null ? -Infinity : evidence(fit.logs);
  if (fit === null || value === -Infinity)
    throw new InputError({
      where,
      must: "the covariance matrix must have a Cholesky factor",
      got: "a pivot that is lost to rounding",
      mend: "give the kernel less variance, or rows smaller weights",
    });
  const { logs, iterations, converged } = fit;
  return {
    kernel: given ?? { variance: Math.exp(logs[0]), lengths: Float64Array.from(logs.subarray(1), Math.exp) },
    pull: evidence.pull.slice(),
    curvature: evidence.curvature.slice(),
    evidence: value,
    iterations,
    converged,
  };
}
