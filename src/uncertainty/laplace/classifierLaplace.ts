import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { softmax } from "../../core/metrics/softmax.js";
import { headOutputs, hiddenRows, type LinearHead } from "./LinearHead.js";
import { addOuterProduct, packSymmetric, unpackSymmetric } from "./packedSymmetric.js";
import { tunedPriorPrecision } from "./tunedPriorPrecision.js";

/** A normal distribution of the head's numbers around the trained ones. */
export interface LaplacePosterior {
  readonly head: LinearHead;
  /** Of the normal prior around 0, biases included. */
  readonly priorPrecision: number;
  /** How many of the head's numbers the data determine rather than the prior. */
  readonly effectiveParameters: number;
  /** Natural logarithm of the determinant of the posterior precision. */
  readonly logDeterminant: number;
  /**
   * Covariance of weights and bias of output k with those of output l, by pairs k <= l, each a packed symmetric
   * matrix (its symmetric part, which is all that a quadratic form sees).
   */
  readonly covariances: readonly Float64Array[];
}

/**
 * Last-layer Laplace approximation of a classifier: a normal distribution around the trained head. Its precision is
 * the curvature of the cross-entropy summed over the training rows (all of it; generalised Gauss-Newton, which for a
 * linear head is the Hessian) plus that of the prior. Labels are not needed: the curvature depends on the
 * probabilities alone.
 *
 * @param hidden  last hidden units of the training rows, row-major [rows, units]
 * @param head    of logits alone
 * @param options.priorPrecision  above 0; by default the one of greatest marginal likelihood
 * @throws RangeError if hidden units and head do not fit or are not finite, the prior's precision is not above 0, or
 *   it cannot be tuned
 * @see Daxberger et al. 2021, arXiv:2106.14806
 */
export function classifierLaplace(
  hidden: ArrayLike<number>,
  head: LinearHead,
  { priorPrecision }: { readonly priorPrecision?: number } = {},
): LaplacePosterior {
  if (priorPrecision !== undefined && !(priorPrecision > 0 && priorPrecision < Infinity))
    throw new RangeError(
      `classifierLaplace: the prior's precision must be above 0 and finite; got ${priorPrecision}; ` +
        "leave it out to have it tuned",
    );
  const rows = hiddenRows(hidden, head, "classifierLaplace");
  const classes = head.biases.length;
  if (classes < 2) throw new RangeError(`classifierLaplace: the head must have at least two classes; got ${classes}`);
  const units = head.weights.length / classes;
  const probabilities = softmax(headOutputs(hidden, head), classes);
  const pairs = Array.from({ length: classes }, (_, k) =>
    Array.from({ length: classes - k }, (_, l) => [k, k + l] as const),
  ).flat();
  const curvatures = pairs.map(([k, l]) => {
    const packed = new Float64Array(((units + 1) * (units + 2)) / 2);
    for (let row = 0; row < rows; row++) {
      const probability = probabilities[row * classes + k];
      addOuterProduct(packed, probability * (Number(k === l) - probabilities[row * classes + l]), hidden, row, units);
    }
    return packed;
  });

  const size = units + 1;
  const curvature = Matrix.zeros(classes * size, classes * size);
  pairs.forEach(([k, l], pair) => {
    const block = unpackSymmetric(curvatures[pair], size);
    curvature.setSubMatrix(block, k * size, l * size).setSubMatrix(block, l * size, k * size);
  });
  const { realEigenvalues: eigenvalues, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(curvature, {
    assumeSymmetric: true,
  });
  const squaredNorm = [head.weights, head.biases].reduce(
    (sum, values) => sum + Array.from(values).reduce((total, value) => total + value * value, 0),
    0,
  );
  const precision = priorPrecision ?? tunedPriorPrecision(eigenvalues, squaredNorm).priorPrecision;
  const precisions = eigenvalues.map((value) => Math.max(0, value) + precision);
  const scaled = vectors.clone();
  precisions.forEach((value, column) => scaled.mulColumn(column, 1 / Math.sqrt(value)));
  const covariance = scaled.mmul(scaled.transpose());
  return {
    head,
    priorPrecision: precision,
    effectiveParameters: precisions.reduce((sum, value) => sum + 1 - precision / value, 0),
    logDeterminant: precisions.reduce((sum, value) => sum + Math.log(value), 0),
    covariances: pairs.map(([k, l]) =>
      packSymmetric(
        size,
        (i, j) => (covariance.get(k * size + i, l * size + j) + covariance.get(k * size + j, l * size + i)) / 2,
      ),
    ),
  };
}
