import { makeMatrix, type Matrix } from "../../src/core/Matrix.js";
import { type Random, seededRandom } from "../../src/core/random/Random.js";
import type { TrainingData } from "../../src/training/TrainingData.js";

export interface Learnable {
  readonly features: Matrix;
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
  readonly targets: Float64Array;
  readonly targetNames: readonly string[];
}

/** Nearly standard normal: mean 0, variance 1. */
export const normal = (random: Random): number => Math.sqrt(3) * (random() + random() + random() + random() - 2);

/**
 * Five classes and two targets that follow from seven features, with some
 * noise; a third of the second target is unknown.
 */
export function learnable(rows: number, seed = 1): Learnable {
  const random = seededRandom(seed).fork("learnable");
  const columns = 7;
  const values = Float32Array.from({ length: rows * columns }, () => normal(random));
  const labels = new Uint8Array(rows);
  const targets = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const x = values.subarray(row * columns, (row + 1) * columns);
    const hidden = x[0] - x[1] * x[2] + Math.abs(x[3]) + 0.1 * normal(random);
    labels[row] = [-1.5, -0.3, 0.9, 2.2].filter((bound) => hidden > bound).length;
    targets[2 * row] = Math.tanh(x[4]) + 0.5 * x[0] + 0.05 * normal(random);
    targets[2 * row + 1] = random() < 1 / 3 ? NaN : x[5] * x[6];
  }
  return {
    features: makeMatrix(["a", "b", "c", "d", "e", "f", "g"], values),
    labels,
    classes: ["p", "q", "r", "s", "t"],
    targets,
    targetNames: ["u", "v"],
  };
}

export function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

export const classesOf = ({ features, labels, classes }: Learnable): TrainingData => ({ features, labels, classes });

/** Code of the greatest of each row. */
export function argmax(values: ArrayLike<number>, width: number): number[] {
  return Array.from({ length: values.length / width }, (_, row) => {
    let best = 0;
    for (let k = 1; k < width; k++) if (values[row * width + k] > values[row * width + best]) best = k;
    return best;
  });
}

/** Share of rows whose most probable class is the label. */
export function accuracy(probabilities: ArrayLike<number>, labels: ArrayLike<number>, width: number): number {
  const chosen = argmax(probabilities, width);
  return chosen.filter((code, row) => code === labels[row]).length / chosen.length;
}
