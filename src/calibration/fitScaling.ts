import { cholesky } from "../core/statistics/cholesky.js";
import { choleskySolve } from "../core/statistics/choleskySolve.js";
import { minimizeSmooth } from "../core/statistics/minimizeSmooth.js";
import { requireMinimum } from "../core/statistics/requireMinimum.js";
import { calibrationRows } from "./calibrationRows.js";
import { logProbability } from "./logProbability.js";

export interface ScalingOptions {
  readonly weights: ArrayLike<number> | undefined;
  readonly penalty: number;
  /** Slopes off the diagonal stay 0. */
  readonly diagonal: boolean;
  readonly caller: string;
}

/** Scores of classes go together, and where a model is sure the way down is long and flat. */
const maxIterations = 1_000;

/** Parameters of softmax(slopes · log p + offsets); slopes row-major, shape [classes, classes]. */
export interface Scaling {
  readonly classes: number;
  readonly withoutRows: readonly number[];
  readonly slopes: readonly number[];
  readonly offsets: readonly number[];
}

/**
 * The scaling that minimises log loss plus penalty / 2 · squared distance from the identity, in total over rows. The
 * search starts at the identity and only goes down, so the log loss of its rows never rises.
 *
 * @throws RangeError as calibrationRows, if the penalty is not above 0, or the fit does not converge
 */
export function fitScaling(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, penalty, diagonal, caller }: ScalingOptions,
): Scaling {
  if (!(penalty > 0 && penalty < Infinity))
    throw new RangeError(
      `${caller}: the penalty must be a number above 0; got ${penalty}; ` +
        "without it classes that separate would drive the fit to infinity",
    );
  const {
    classes,
    weights: rowWeight,
    classWeights,
    withoutRows,
  } = calibrationRows(labels, probabilities, weights, caller);
  const logs = Float64Array.from(probabilities, logProbability);
  const offsetsAt = classes * classes;
  const identity = Float64Array.from({ length: offsetsAt + classes }, (_, at) =>
    Number(at < offsetsAt && at % (classes + 1) === 0),
  );
  const isFree = Uint8Array.from(identity, (on, at) =>
    Number(
      (!diagonal || on === 1 || at >= offsetsAt) &&
        !withoutRows.includes(at < offsetsAt ? Math.floor(at / classes) : at - offsetsAt),
    ),
  );
  const total = classWeights.reduce((a, b) => a + b);
  const scores = new Float64Array(classes);
  const objective = (values: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < labels.length; row++) {
      const from = row * classes;
      let highest = -Infinity;
      for (let k = 0; k < classes; k++) {
        let score = values[offsetsAt + k];
        for (let j = 0; j < classes; j++) score += values[k * classes + j] * logs[from + j];
        scores[k] = score;
        if (score > highest) highest = score;
      }
      let odds = 0;
      for (let k = 0; k < classes; k++) odds += Math.exp(scores[k] - highest);
      const logTotal = highest + Math.log(odds);
      const share = rowWeight[row] / total;
      loss += share * (logTotal - scores[labels[row]]);
      for (let k = 0; k < classes; k++) {
        const error = share * (Math.exp(scores[k] - logTotal) - Number(k === labels[row]));
        gradient[offsetsAt + k] += error;
        for (let j = 0; j < classes; j++) gradient[k * classes + j] += error * logs[from + j];
      }
    }
    for (let at = 0; at < gradient.length; at++) {
      const away = values[at] - identity[at];
      loss += (penalty * away * away) / (2 * total);
      gradient[at] = isFree[at] * (gradient[at] + (penalty * away) / total);
    }
    return loss;
  };
  const hessian = hessianAtIdentity(probabilities, logs, rowWeight, isFree, { classes, penalty });
  cholesky(hessian, isFree.length);
  const precondition = (vector: Float64Array): void => {
    for (let at = 0; at < vector.length; at++) vector[at] *= total;
    choleskySolve(hessian, isFree.length, vector);
  };
  const { values: found } = requireMinimum(
    minimizeSmooth(objective, identity, { maxIterations, precondition }),
    caller,
    { mend: "give a larger penalty, which makes the minimum easier to find" },
  );
  const values = Array.from(found);
  return { classes, withoutRows, slopes: values.slice(0, offsetsAt), offsets: values.slice(offsetsAt) };
}

/**
 * Second derivatives of the log loss plus penalty, in total over rows, where the search starts: by the slopes of k and
 * l they are Σ w p_k (δ_kl - p_l) x xᵀ with x the logarithms of a row and 1 for the offset. Parameters that are not
 * free stand alone.
 *
 * @returns lower triangle, row-major, in the order of the parameters
 */
function hessianAtIdentity(
  probabilities: ArrayLike<number>,
  logs: Float64Array,
  weights: ArrayLike<number>,
  isFree: Uint8Array,
  { classes, penalty }: { readonly classes: number; readonly penalty: number },
): Float64Array {
  const size = isFree.length;
  const hessian = new Float64Array(size * size);
  const input = (from: number, at: number): number => (at < classes ** 2 ? logs[from + (at % classes)] : 1);
  const scoreOf = (at: number): number => (at < classes ** 2 ? Math.floor(at / classes) : at - classes ** 2);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      if (isFree[i] * isFree[j] === 0) continue;
      const [k, l] = [scoreOf(i), scoreOf(j)];
      let sum = 0;
      for (let row = 0; row < weights.length; row++) {
        const from = row * classes;
        const p = probabilities[from + k];
        sum += weights[row] * p * (Number(k === l) - probabilities[from + l]) * input(from, i) * input(from, j);
      }
      hessian[i * size + j] = sum;
    }
    hessian[i * size + i] += penalty;
  }
  return hessian;
}
