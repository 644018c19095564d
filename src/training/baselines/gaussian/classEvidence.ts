import type { Matrix } from "../../../core/Matrix.js";
import { kernelRoom } from "./kernelRoom.js";

/** What a Gaussian process behind a logistic link is fitted to. */
export interface ClassProblem {
  readonly features: Matrix;
  /** 1 for rows of the class, 0 for the others, shape [rows]. */
  readonly members: ArrayLike<number>;
  /** Factor of each row's log likelihood, shape [rows]. */
  readonly weights: ArrayLike<number>;
}

/** Laplace's approximation to the log marginal likelihood of labels, with what a prediction needs. */
export interface ClassEvidence {
  /**
   * @param logs      natural logarithms: variance of the latent function, lengths
   * @param gradient  written, by the logs; left out where it is not needed
   * @returns the approximate log marginal likelihood in nats, -∞ where numbers run out of range or a pivot is lost
   */
  (logs: ArrayLike<number>, gradient?: Float64Array): number;
  /** Slope of the log likelihood by the latent value, at the mode of the last call, shape [rows]. */
  readonly pull: Float64Array;
  /** Its curvature with the sign turned (W), shape [rows]. */
  readonly curvature: Float64Array;
}

/** Newton's method has settled when a step adds less than this to the log posterior: the next would add its square. */
const settled = 1e-10;
/** Steps after which it is left where it is; ten are many. */
const mostSteps = 100;

/**
 * Evidence of a Gaussian process classifier for two classes by Laplace's approximation. The log posterior has one
 * mode, so Newton's method may start where the last call ended; a step that falls is halved.
 *
 * With B = I + W^½ K W^½, the posterior variance of a row is (1 - (B⁻¹)_ii) / W_ii, and all derivatives are one sum
 * over the elements of ∂K: Σ G_ij ∂K_ij.
 *
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithms 3.1 and 5.1, whose symbols
 *   these are
 */
export function classEvidence({ features, members, weights }: ClassProblem): ClassEvidence {
  const { rows } = features;
  const room = kernelRoom(features, 9);
  const { stride, prior, matrix, inverse, timesPrior, factor, solve, invert } = room;
  const [a, f, pull, curvature, root, step, latentStep, u, solved] = room.vectors;

  /** Log likelihood at f; writes its slope and curvature. */
  const look = (): number => {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      const small = Math.exp(-Math.abs(f[i]));
      const [likely, unlikely] = [1 / (1 + small), small / (1 + small)];
      const probability = f[i] >= 0 ? likely : unlikely;
      const agrees = (members[i] === 1) === f[i] >= 0;
      sum -= weights[i] * (Math.log1p(small) + (agrees ? 0 : Math.abs(f[i])));
      pull[i] = weights[i] * (members[i] === 1 ? (f[i] >= 0 ? unlikely : likely) : -probability);
      curvature[i] = weights[i] * likely * unlikely;
      root[i] = Math.sqrt(curvature[i]);
    }
    return sum;
  };
  const logPosterior = (): number => {
    let fit = 0;
    for (let i = 0; i < rows; i++) fit += a[i] * f[i];
    return look() - fit / 2;
  };
  const factorB = (): boolean => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j <= i; j++) matrix[i * stride + j] = root[i] * root[j] * prior[i * stride + j];
      matrix[i * (stride + 1)] += 1;
    }
    return factor();
  };
  /** R x with R = W^½ B⁻¹ W^½, in place. */
  const timesR = (x: Float64Array): void => {
    for (let i = 0; i < rows; i++) solved[i] = root[i] * x[i];
    solve(solved);
    for (let i = 0; i < rows; i++) x[i] = root[i] * solved[i];
  };

  /** To the mode, from `a` and `f = K a`; leaves B factored there. */
  const climb = (): number => {
    let posterior = logPosterior();
    for (let steps = 0; ; steps++) {
      if (!factorB()) return -Infinity;
      // Newton's a is b - R K b with b = W f + slope.
      for (let i = 0; i < rows; i++) step[i] = curvature[i] * f[i] + pull[i];
      timesPrior(step, latentStep);
      timesR(latentStep);
      for (let i = 0; i < rows; i++) step[i] -= latentStep[i] + a[i];
      timesPrior(step, latentStep);
      for (let share = 1, gone = 0; ; share /= 2) {
        for (let i = 0; i < rows; i++) {
          a[i] += (share - gone) * step[i];
          f[i] += (share - gone) * latentStep[i];
        }
        gone = share;
        const next = logPosterior();
        const gain = next - posterior;
        // Of a kernel beyond all bounds.
        if (Number.isNaN(gain)) return -Infinity;
        if (!(gain >= -settled) && share > settled) continue;
        posterior = next;
        if (gain < settled || steps === mostSteps) return factorB() ? posterior : -Infinity;
        break;
      }
    }
  };

  const evidence = (logs: ArrayLike<number>, gradient?: Float64Array): number => {
    const [variance, ...lengths] = Array.from(logs, Math.exp);
    room.fillPrior(variance, lengths);
    timesPrior(a, f);
    if (logPosterior() < -Math.LN2 * sumOf(weights)) {
      // Below f = 0: that is the better start.
      a.fill(0);
      f.fill(0);
    }
    const posterior = climb();
    if (posterior === -Infinity) {
      a.fill(0);
      f.fill(0);
      return posterior;
    }
    let likelihood = posterior;
    for (let i = 0; i < rows; i++) likelihood -= Math.log(matrix[i * (stride + 1)]);
    if (gradient === undefined) return likelihood;

    invert();
    // What an element of f brings to the likelihood, then u = (I - R K) of it.
    for (let i = 0; i < rows; i++) u[i] = ((1 - inverse[i * (stride + 1)]) * Math.tanh(f[i] / 2)) / 2;
    timesPrior(u, latentStep);
    timesR(latentStep);
    for (let i = 0; i < rows; i++) u[i] -= latentStep[i];
    for (let i = 0; i < rows; i++)
      for (let j = 0; j <= i; j++)
        inverse[i * stride + j] =
          (pull[i] * pull[j] + u[i] * pull[j] + pull[i] * u[j] - root[i] * root[j] * inverse[i * stride + j]) / 2;
    room.addUpSlopes(gradient);
    return likelihood;
  };
  return Object.assign(evidence, { pull, curvature });
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
