import { describe, expect, it } from "vitest";
import { phaseRecalls } from "../../../src/analyses/04-training/phaseRecalls.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { measurement } from "../../../src/core/Evidence.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { leastEstimate } from "../../../src/core/statistics/leastEstimate.js";
import { batchSums } from "../../../src/problems/phase/batchSums.js";

const [rows, batches] = [400, 19];
const labels = Uint8Array.from({ length: rows }, (_, row) => row % phaseNames.length);
// Every third row is taken for the next phase.
const predicted = labels.map((label, row) => (row % 3 === 0 ? (label + 1) % phaseNames.length : label));
const sums = batchSums(labels, new Float64Array(rows * phaseNames.length).fill(1 / phaseNames.length), {
  codes: Uint8Array.from({ length: rows }, (_, row) => row % batches),
  batches,
  predicted,
});

describe("phaseRecalls", () => {
  const recalls = phaseRecalls(sums, (phase) => seededRandom(1).fork(phase));

  it("says of each interval that it is one of 99 %: five of them hold together with 95 %", () => {
    expect(recalls.map(({ phase, n }) => [phase, n])).toEqual(phaseNames.map((phase) => [phase, rows / 5]));
    expect(recalls.map(({ interval: { level, method } }) => [level, method])).toEqual(
      phaseNames.map(() => [0.99, "jackknife by batch, beta"]),
    );
  });

  it("gives the worst class's evidence its own level and method, where 0.95 was typed once", () => {
    const worst = leastEstimate(recalls);
    const { interval } = measurement({ id: "MP3.worstClassRecall", meaning: "", unit: "share", ...worst });
    expect(interval).toMatchObject({
      level: 0.99,
      method: "jackknife by batch, beta, least of 5, which hold together with at least 95 %",
      low: Math.min(...recalls.map(({ interval: { low } }) => low)),
      high: Math.min(...recalls.map(({ interval: { high } }) => high)),
    });
  });
});
