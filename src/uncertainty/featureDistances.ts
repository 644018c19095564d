import { checkFinite, type Matrix } from "../core/Matrix.js";
import type { FeatureDistance } from "./fitFeatureDistance.js";

/**
 * Mahalanobis distance of each row from the nearest class mean: near √columns for rows like those of training.
 *
 * @param fitted  from fitFeatureDistance, or read back from JSON
 * @throws RangeError for features of other names, and for one that is not finite
 */
export function featureDistances({ names, axes, centres }: FeatureDistance, features: Matrix): Float64Array {
  if (features.names.join("\n") !== names.join("\n")) throw new RangeError(`featureDistances: features must be those of training in their order, ${names.join(", ")}; got ${features.names.join(", ")}`);
  checkFinite("featureDistances", features);
  return Float64Array.from({ length: features.rows }, (_, row) => {
    const turned = turnedRow(axes, features.values, row * features.columns);
    return Math.sqrt(Math.min(...centres.map((centre) => centre.reduce((sum, one, i) => sum + (turned[i] - one) ** 2, 0))));
  });
}

/** The row that begins at `from`, turned onto the axes. */
export function turnedRow(axes: FeatureDistance["axes"], values: ArrayLike<number>, from: number): number[] {
  return axes.map((axis) => {
    let sum = 0;
    for (let i = 0; i < axis.length; i++) sum += axis[i] * values[from + i];
    return sum;
  });
}
