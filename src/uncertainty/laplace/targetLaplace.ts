import { EigenvalueDecomposition } from "ml-matrix";
import { headOutputs, hiddenRows, type LinearHead } from "./LinearHead.js";
import { addOuterProduct, packedQuadratic, packSymmetric, unpackSymmetric } from "./packedSymmetric.js";
import type { TargetPredictive } from "../Predictive.js";
import { tunedPriorPrecision } from "./tunedPriorPrecision.js";

/** What is known of one target's weights and bias, and of its noise. */
export interface TargetPosterior {
  readonly priorPrecision: number;
  readonly effectiveParameters: number;
  /** In the square of the target's unit. */
  readonly noiseVariance: number;
  /** Of weights and bias, a packed symmetric matrix. */
  readonly covariance: Float64Array;
}

/** Last-layer Laplace approximation of a regressor. */
export interface TargetLaplace {
  readonly head: LinearHead;
  /** One per target. */
  readonly targets: readonly TargetPosterior[];
}

/**
 * Last-layer Laplace approximation of a regressor: a normal distribution around the trained head. Each target has a
 * prior and a noise of its own; both are tuned by the marginal likelihood: |error|² over rows less effective
 * parameters is the noise's variance.
 *
 * @param hidden   last hidden units of the training rows, row-major [rows, units]
 * @param targets  row-major [rows, outputs], NaN where unknown
 * @param head     of targets alone
 * @throws RangeError if shapes do not fit, a number is not finite, a target has no more known rows than effective
 *   parameters, or no error at all, so that nothing tells its noise
 * @see MacKay 1992, doi:10.1162/neco.1992.4.3.415
 */
export function targetLaplace(hidden: ArrayLike<number>, targets: ArrayLike<number>, head: LinearHead): TargetLaplace {
  const rows = hiddenRows(hidden, head, "targetLaplace");
  const outputs = head.biases.length;
  if (targets.length !== rows * outputs)
    throw new RangeError(
      `targetLaplace: ${outputs} targets per row are needed; got ${targets.length} for ${rows} rows`,
    );
  const predicted = headOutputs(hidden, head);
  return { head, targets: Array.from({ length: outputs }, (_, t) => posteriorOf(t, hidden, targets, predicted, head)) };
}

/**
 * Predicted targets with the variance of the head's part (epistemic) and of the noise (aleatoric), row-major [rows,
 * targets].
 */
export function predictTargetLaplace({ head, targets }: TargetLaplace, hidden: ArrayLike<number>): TargetPredictive {
  const rows = hiddenRows(hidden, head, "predictTargetLaplace");
  const outputs = targets.length;
  const units = head.weights.length / outputs;
  const length = rows * outputs;
  const aleatoric = Float64Array.from({ length }, (_, i) => targets[i % outputs].noiseVariance);
  const epistemic = Float64Array.from({ length }, (_, i) =>
    packedQuadratic(targets[i % outputs].covariance, hidden, Math.floor(i / outputs), units),
  );
  return {
    means: headOutputs(hidden, head),
    total: aleatoric.map((part, i) => part + epistemic[i]),
    aleatoric,
    epistemic,
  };
}

function posteriorOf(
  target: number,
  hidden: ArrayLike<number>,
  targets: ArrayLike<number>,
  predicted: Float64Array,
  { weights, biases }: LinearHead,
): TargetPosterior {
  const outputs = biases.length;
  const units = weights.length / outputs;
  const size = units + 1;
  const gram = new Float64Array((size * (size + 1)) / 2);
  let [known, squares] = [0, 0];
  for (let at = target; at < targets.length; at += outputs) {
    if (Number.isNaN(targets[at])) continue;
    if (!Number.isFinite(targets[at]))
      throw new RangeError(
        "targetLaplace: targets must be finite, or NaN where unknown; " +
          `row ${Math.floor(at / outputs)} has ${targets[at]} for target ${target}`,
      );
    addOuterProduct(gram, 1, hidden, Math.floor(at / outputs), units);
    squares += (targets[at] - predicted[at]) ** 2;
    known++;
  }
  if (!(known > 1 && squares > 0))
    throw new RangeError(
      `targetLaplace: target ${target} needs known rows with some error to tell its noise by; ` +
        `got ${known} with squares that sum to ${squares}`,
    );
  const { realEigenvalues, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(unpackSymmetric(gram, size), {
    assumeSymmetric: true,
  });
  const eigenvalues = realEigenvalues.map((value) => Math.max(0, value));
  let squaredNorm = biases[target] ** 2;
  for (let i = 0; i < units; i++) squaredNorm += weights[i * outputs + target] ** 2;

  let noiseVariance = squares / known;
  let tuned = tunedPriorPrecision(
    eigenvalues.map((value) => value / noiseVariance),
    squaredNorm,
  );
  for (let last = 0, turns = 0; turns < 200 && Math.abs(noiseVariance / last - 1) > 1e-12; turns++) {
    if (!(known - tuned.effectiveParameters > 1e-6 * known))
      throw new RangeError(
        `targetLaplace: target ${target} needs more known rows than the ${tuned.effectiveParameters.toFixed(1)} ` +
          `parameters that they determine; got ${known}; take more rows or a narrower last layer`,
      );
    last = noiseVariance;
    noiseVariance = squares / (known - tuned.effectiveParameters);
    tuned = tunedPriorPrecision(
      eigenvalues.map((value) => value / noiseVariance),
      squaredNorm,
    );
  }
  eigenvalues.forEach((value, column) =>
    vectors.mulColumn(column, 1 / Math.sqrt(value / noiseVariance + tuned.priorPrecision)),
  );
  const covariance = vectors.mmul(vectors.transpose());
  return { ...tuned, noiseVariance, covariance: packSymmetric(size, (i, j) => covariance.get(i, j)) };
}
