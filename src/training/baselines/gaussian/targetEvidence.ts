import type { Matrix } from "../../../core/Matrix.js";
import { kernelRoom } from "./kernelRoom.js";
import type { KernelSmoothness } from "./maternKernel.js";

/** What a Gaussian process with normal noise is fitted to. */
export interface TargetProblem {
  readonly features: Matrix;
  /** Of mean 0 and variance 1, shape [rows]. */
  readonly targets: ArrayLike<number>;
  /** Noise of a row is this times the variance of noise: 1 / weight, shape [rows]. */
  readonly rowNoise: ArrayLike<number>;
  /** Of the kernel (default 2.5). */
  readonly smoothness?: KernelSmoothness;
}

/** Log marginal likelihood of the targets of a Gaussian process, with what a prediction needs. */
export interface TargetEvidence {
  /**
   * @param logs      natural logarithms: variance of the function, lengths, variance of noise
   * @param jitter    variance added to that of each row
   * @param gradient  written, by the logs; left out where it is not needed
   * @returns the log marginal likelihood in nats, -∞ where a pivot of the factor is lost to rounding
   */
  (logs: ArrayLike<number>, jitter: number, gradient?: Float64Array): number;
  /** (K + noise)⁻¹ · targets of the last call, shape [rows]. */
  readonly pull: Float64Array;
}

/**
 * Evidence of a Gaussian process with a Matérn kernel and noise.
 *
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithm 2.1 and eq. 5.9
 */
export function targetEvidence({ features, targets, rowNoise, smoothness }: TargetProblem): TargetEvidence {
  const { rows, columns } = features;
  const { stride, prior, matrix, inverse, vectors, fillPrior, factor, solve, invert, addUpSlopes } = kernelRoom(
    features,
    1,
    { smoothness },
  );
  const [pull] = vectors;
  const evidence = (logs: ArrayLike<number>, jitter: number, gradient?: Float64Array): number => {
    const [variance, ...rest] = Array.from(logs, Math.exp);
    const noise = rest[columns];
    fillPrior(variance, rest);
    matrix.set(prior);
    for (let row = 0; row < rows; row++) matrix[row * (stride + 1)] += noise * rowNoise[row] + jitter;
    if (!factor()) return -Infinity;
    pull.set(targets);
    solve(pull);
    let likelihood = (-rows / 2) * Math.log(2 * Math.PI);
    for (let row = 0; row < rows; row++)
      likelihood -= (pull[row] * targets[row]) / 2 + Math.log(matrix[row * (stride + 1)]);
    if (gradient === undefined) return likelihood;

    invert();
    let slope = 0;
    for (let row = 0; row < rows; row++) {
      slope += noise * rowNoise[row] * (pull[row] ** 2 - inverse[row * (stride + 1)]);
      for (let other = 0; other <= row; other++)
        inverse[row * stride + other] = (pull[row] * pull[other] - inverse[row * stride + other]) / 2;
    }
    addUpSlopes(gradient);
    gradient[columns + 1] = slope / 2;
    return likelihood;
  };
  return Object.assign(evidence, { pull });
}
