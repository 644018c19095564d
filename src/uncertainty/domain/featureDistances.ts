import { checkFinite, type Matrix } from "../../core/Matrix.js";
import { turnRow, turnsOf } from "./turnRow.js";

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
  const middles = centres.map((centre) => Float64Array.from(centre));
  const turns = turnsOf(axes);
  const told = new Int32Array(features.columns);
  const turned = new Float64Array(axes.length);
  const row = new Float64Array(features.columns);
  const distances = new Float64Array(features.rows);
  for (let place = 0; place < distances.length; place++) {
    for (let i = 0; i < row.length; i++) row[i] = features.values[place * row.length + i];
    turnRow(turns, row, { turned, told });
    let least = Infinity;
    for (const centre of middles) {
      let sum = 0;
      for (let i = 0; i < turned.length; i++) {
        const off = turned[i] - centre[i];
        sum += off * off;
      }
      least = Math.min(least, sum);
    }
    distances[place] = Math.sqrt(least);
  }
  return distances;
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
