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
  // Plain lists would be looked through number by number.
  const [turns, middles] = [axes, centres].map((all) => all.map((one) => Float64Array.from(one)));
  const turned = new Float64Array(axes.length);
  return Float64Array.from({ length: features.rows }, (_, row) => {
    turnedRow(turns, features.values, row * features.columns, turned);
    let least = Infinity;
    for (const centre of middles) {
      let sum = 0;
      for (let i = 0; i < turned.length; i++) {
        const off = turned[i] - centre[i];
        sum += off * off;
      }
      least = Math.min(least, sum);
    }
    return Math.sqrt(least);
  });
}

/** The row that begins at `from`, turned onto the axes: written into the last argument, where that is given. */
export function turnedRow(
  axes: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
  from: number,
  turned: Float64Array = new Float64Array(axes.length),
): Float64Array {
  // Four sums side by side, each in its own order: one waits for itself alone at every step.
  const fours = turned.length & ~3;
  for (let j = 0; j < fours; j += 4) {
    const [a, b, c, d] = [axes[j], axes[j + 1], axes[j + 2], axes[j + 3]];
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      const value = values[from + i];
      sumA += a[i] * value;
      sumB += b[i] * value;
      sumC += c[i] * value;
      sumD += d[i] * value;
    }
    [turned[j], turned[j + 1], turned[j + 2], turned[j + 3]] = [sumA, sumB, sumC, sumD];
  }
  for (let j = fours; j < turned.length; j++) {
    const axis = axes[j];
    let sum = 0;
    for (let i = 0; i < axis.length; i++) sum += axis[i] * values[from + i];
    turned[j] = sum;
  }
  return turned;
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
