import { checkFinite, type Matrix } from "../../core/Matrix.js";

/**
 * Mahalanobis distance of each row from the nearest class mean: near √columns for rows like those of training.
 *
 * @param fitted  from fitFeatureDistance, or read back from JSON
 * @throws RangeError for features of other names, and for one that is not finite
 */
export function featureDistances({ names, axes, centres }: FeatureDistance, features: Matrix): Float64Array {
  if (features.names.join("\n") !== names.join("\n"))
    throw new RangeError(
      `featureDistances: features must be those of training in their order, ${names.join(", ")}; ` +
        `got ${features.names.join(", ")}`,
    );
  checkFinite("featureDistances", features);
  return Float64Array.from({ length: features.rows }, (_, row) => {
    const turned = turnedRow(axes, features.values, row * features.columns);
    return Math.sqrt(
      Math.min(...centres.map((centre) => centre.reduce((sum, one, i) => sum + (turned[i] - one) ** 2, 0))),
    );
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

/** What featureDistances needs of the rows that were trained on: plain data that survives JSON. */
export interface FeatureDistance {
  /** Of the features, in their order. */
  readonly names: readonly string[];
  /** Share by which the covariance was drawn towards a multiple of the identity, in [0, 1]. */
  readonly shrinkage: number;
  /** Directions, one number per feature each. Turned onto them and scaled so, the distance is Euclid's. */
  readonly axes: readonly (readonly number[])[];
  /** Class means, turned onto the axes. */
  readonly centres: readonly (readonly number[])[];
}
