import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { classifierTwoSample, type SampleClassifier } from "../../../src/monitoring/detectors/classifierTwoSample.js";
import { batchRows, labelsOf } from "./batchRows.js";

describe("classifierTwoSample", () => {
  /** Scores by the difference of class means: enough to see a shift. */
  const byMeans: SampleClassifier = (training, labels, judged) => {
    const towards = Array.from({ length: training.columns }, (_, k) => {
      const sums = [0, 0];
      const counts = [0, 0];
      labels.forEach((label, row) => {
        sums[label] += training.values[row * training.columns + k];
        counts[label]++;
      });
      return sums[1] / counts[1] - sums[0] / counts[0];
    });
    return Array.from({ length: judged.rows }, (_, row) =>
      towards.reduce((sum, one, k) => sum + one * judged.values[row * judged.columns + k], 0),
    );
  };
  const test = (seed: number, shift: number, batches = 10) => {
    const [there, here] = [batchRows(seed, 20), batchRows(seed + 1, batches, { shift })];
    const options = { random: seededRandom(seed), draws: 199, groups: labelsOf(there, here), classify: byMeans };
    return classifierTwoSample(there.matrix, here.matrix, options);
  };

  it("tells shifted batches apart, and not those that are alike", async () => {
    const moved = await test(1, 1.5);
    expect(moved).toMatchObject({ drifted: true, method: "permutation of 10 + 5 judged batches" });
    expect(moved.statistic).toBeGreaterThan(0.75);
    let alarms = 0;
    for (let seed = 0; seed < 30; seed++) alarms += (await test(100 + 2 * seed, 0)).drifted ? 1 : 0;
    expect(alarms).toBeLessThanOrEqual(6);
  });

  it("is unknown where too few batches are judged, and refuses one batch and scores that are none", async () => {
    const matrix = (rows: number): Matrix => batchRows(1, 1, { rows }).matrix;
    const groups = { reference: [1, 1, 2, 2], current: [1, 1, 2, 2] };
    const options = { random: seededRandom(1), groups, classify: byMeans };
    const few = await classifierTwoSample(matrix(4), matrix(4), options);
    expect(few.unknown).toContain("1 current batch against 1 cannot give a probability below 0.5");
    await expect(
      classifierTwoSample(matrix(4), matrix(4), { ...options, groups: { ...groups, current: [1, 1, 1, 1] } }),
    ).rejects.toThrow("two groups at least; got 2 in the reference and 1");
    await expect(classifierTwoSample(matrix(4), matrix(4), { ...options, classify: () => [NaN] })).rejects.toThrow(
      "classify: must give a finite score for every judged row; got 1 scores for 4 rows",
    );
  });
});
