import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { SampleGroups } from "../../../src/monitoring/detectors/DriftTest.js";

export interface BatchShape {
  readonly rows?: number;
  readonly between?: number;
  readonly shift?: number;
  readonly together?: number;
}

export interface BatchRows {
  readonly batch: readonly number[];
  readonly matrix: Matrix;
}

/** Rows of batches over three features; the third goes with the first, or against it. */
export function batchRows(
  seed: number,
  batches: number,
  { rows = 10, between = 0.3, shift = 0, together = 1 }: BatchShape = {},
): BatchRows {
  const next = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const batch = Array.from({ length: batches * rows }, (_, row) => Math.floor(row / rows));
  const means = Array.from({ length: batches }, () => [between * gauss(), between * gauss()]);
  const values = batch.flatMap((one) => {
    const first = means[one][0] + gauss();
    return [first + shift, means[one][1] + gauss(), together * first + 0.5 * gauss()];
  });
  return { batch, matrix: makeMatrix(["a", "b", "c"], Float32Array.from(values)) };
}

export const labelsOf = (there: BatchRows, here: BatchRows): SampleGroups => ({
  reference: there.batch,
  current: here.batch,
});
