import { readFileSync } from "node:fs";
import { boxMuller } from "../../../../src/core/random/boxMuller.js";
import { makeMatrix, type Matrix } from "../../../../src/core/Matrix.js";
import { seededRandom } from "../../../../src/core/random/Random.js";
import type { NoisyKernel } from "../../../../src/training/baselines/gaussian/gaussianTargetPredictor.js";

interface Rows {
  readonly X: readonly number[];
  readonly y: readonly number[];
  readonly classes: readonly number[];
  readonly columns: number;
}
interface Predicted {
  readonly evidence: number;
  readonly gradient: readonly number[];
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}
interface Classified {
  readonly evidence: readonly number[];
  readonly gradient: readonly (readonly number[])[];
  readonly probabilities: readonly number[];
}

/** Of make_gaussian_processes.py. */
export const golden = JSON.parse(
  readFileSync(new URL("../../../golden/gaussian_processes.json", import.meta.url), "utf8"),
) as {
  readonly given: {
    readonly input: Rows & {
      readonly X_new: readonly number[];
      readonly kernel: NoisyKernel;
      readonly weights: readonly number[];
    };
    readonly regression: Predicted;
    readonly "smooth deviation": readonly number[];
    readonly weighted: Omit<Predicted, "gradient"> & { readonly y: readonly number[] };
    readonly binary: Classified;
    readonly three: Classified;
  };
  readonly fitted: readonly (Rows & { readonly regression: number; readonly binary: number })[];
};

export function matrixOf(values: readonly number[], columns: number): Matrix {
  return makeMatrix(
    Array.from({ length: columns }, (_, j) => `x${j}`),
    Float32Array.from(values),
  );
}

/** Largest difference, in units of the larger of 1 and the number expected. */
export function largestError(ours: ArrayLike<number>, theirs: readonly number[]): number {
  return theirs.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - ours[i]) / Math.max(1, Math.abs(value))),
    ours.length === theirs.length ? 0 : NaN,
  );
}

/** Standard normal features, a smooth target with some noise, and whether it lies above its mean. */
export function drawnRows(
  rows: number,
  columns: number,
  seed: number,
): { readonly features: Matrix; readonly target: Float64Array; readonly labels: Uint8Array } {
  const random = seededRandom(seed);
  const normal = (): number => boxMuller(1 - random(), random())[0];
  const features = matrixOf(Array.from({ length: rows * columns }, normal), columns);
  const target = Float64Array.from(
    { length: rows },
    (_, row) => Math.sin(2 * features.values[row * columns]) + 0.2 * normal(),
  );
  return { features, target, labels: Uint8Array.from(target, (value) => Number(value + 0.3 * normal() > 0)) };
}

/** Rows as users bring them at worst: constant and binary features, scales far apart, rows that come again. */
export function worstRows(seed: number): {
  readonly features: Matrix;
  readonly target: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
} {
  const random = seededRandom(seed);
  const [rows, columns] = [2 + Math.floor(20 * random()), 1 + Math.floor(4 * random())];
  const scales = Array.from({ length: columns }, () => (random() < 0.2 ? 0 : 10 ** (60 * random() - 30)));
  const binary = scales.map(() => random() < 0.3);
  const values = Float32Array.from({ length: rows * columns }, (_, i) => {
    const draw = random() - 0.5;
    return scales[i % columns] * (binary[i % columns] ? Math.sign(draw) : draw);
  });
  for (let row = 1; row < rows; row++) if (random() < 0.2) values.copyWithin(row * columns, 0, columns);
  const [offset, scale] = [random() < 0.5 ? 0 : 10 ** (20 * random() - 10), 10 ** (400 * random() - 200)];
  return {
    features: matrixOf(Array.from(values), columns),
    target: Float64Array.from({ length: rows }, () => offset + scale * (random() < 0.2 ? 0 : random() - 0.5)),
    labels: Uint8Array.from({ length: rows }, () => Math.floor(3 * random())),
    weights: Float64Array.from({ length: rows }, () => 10 ** (12 * random() - 6)),
  };
}

/** Central differences of a function of several variables. */
export function differences(value: (at: Float64Array) => number, at: Float64Array, step = 1e-4): number[] {
  return Array.from(at, (_, i) => {
    const moved = (by: number): number => value(at.map((one, j) => (j === i ? one + by : one)));
    // Of fourth order.
    return (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
  });
}
