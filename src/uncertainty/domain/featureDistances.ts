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

/** Axes as turnRow takes them: for each feature its number on every axis. */
export function turnsOf(axes: readonly ArrayLike<number>[]): Float64Array {
  const features = axes[0]?.length ?? 0;
  const turns = new Float64Array(features * axes.length);
  for (let at = 0; at < turns.length; at++) turns[at] = axes[at % axes.length][Math.floor(at / axes.length)];
  return turns;
}

/**
 * Writes a row of finite numbers, turned onto the axes, into `turned`: on each axis summed up feature by feature.
 *
 * @param memory.told  one place per feature, written over
 */
export function turnRow(
  turns: Float64Array,
  row: Float64Array,
  { turned, told }: { readonly turned: Float64Array; readonly told: Int32Array },
): void {
  const width = turned.length;
  // Many features are 0, as most levels of a category are, and add nothing.
  let some = 0;
  for (let i = 0; i < row.length; i++) if (row[i] !== 0) told[some++] = i;
  turned.fill(0);
  // Four at a time, one added after the other: the sum is read and written once for them.
  let from = 0;
  for (; from + 4 <= some; from += 4) {
    const [i, j, k, l] = [told[from], told[from + 1], told[from + 2], told[from + 3]];
    const [a, b, c, d] = [row[i], row[j], row[k], row[l]];
    const [atA, atB, atC, atD] = [i * width, j * width, k * width, l * width];
    for (let axis = 0; axis < width; axis++)
      turned[axis] =
        turned[axis] + turns[atA + axis] * a + turns[atB + axis] * b + turns[atC + axis] * c + turns[atD + axis] * d;
  }
  for (; from < some; from++) {
    const [value, at] = [row[told[from]], told[from] * width];
    for (let axis = 0; axis < width; axis++) turned[axis] += turns[at + axis] * value;
  }
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
