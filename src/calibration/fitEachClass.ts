import { calibrationRows } from "./calibrationRows.js";

/** One curve per class, null for a class without rows. */
export interface ClassCurves<Curve> {
  readonly classes: number;
  readonly withoutRows: readonly number[];
  readonly curves: readonly (Curve | null)[];
}

/**
 * Fits a curve to each class against all others.
 *
 * @param fit     of events (1 where it is the class) and the probabilities of the class
 * @param caller  function to name in the error
 * @throws RangeError as calibrationRows
 */
export function fitEachClass<Curve>(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  fit: (events: Uint8Array, probabilities: Float64Array, weights: ArrayLike<number>) => Curve,
  caller: string,
): ClassCurves<Curve> {
  const {
    classes,
    weights: checked,
    classWeights,
    withoutRows,
  } = calibrationRows(labels, probabilities, weights, caller);
  const n = labels.length;
  const curves = Array.from(classWeights, (weight, k) => {
    if (weight === 0) return null;
    return fit(
      Uint8Array.from({ length: n }, (_, row) => Number(labels[row] === k)),
      Float64Array.from({ length: n }, (_, row) => probabilities[row * classes + k]),
      checked,
    );
  });
  return { classes, withoutRows, curves };
}
