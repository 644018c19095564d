import { describe, expect, it } from "vitest";
import {
  balanced,
  batchDifference,
  batchEstimate,
  batchSums,
  meanLoss,
  meanOfRows,
  overall,
  recall,
} from "../../../src/problems/phase/batchSums.js";
import { balancedAccuracy } from "../../../src/core/metrics/balancedAccuracy.js";
import { argmax } from "../../../src/core/metrics/argmax.js";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../../src/core/random/Random.js";

const random = seededRandom(4);
const rows = 300;
const labels = Uint8Array.from({ length: rows }, (_, row) => (row < 5 ? row : Math.floor(random() * 5)));
const probabilities = Float64Array.from(
  Array.from({ length: rows }, () => {
    const odds = Array.from({ length: 5 }, () => random());
    const total = odds.reduce((a, b) => a + b);
    return odds.map((one) => one / total);
  }).flat(),
);
const codes = Uint8Array.from({ length: rows }, (_, row) => row % 30);
const all = Uint32Array.from({ length: 30 }, (_, batch) => batch);

describe("batchSums", () => {
  const sums = batchSums(labels, probabilities, { codes, batches: 30 });

  it("over all batches gives what the metrics give over all rows", () => {
    const predicted = argmax(probabilities, 5);
    expect(meanLoss(sums)(all)).toBeCloseTo(logLoss(labels, probabilities), 12);
    expect(balanced(sums)(all)).toBeCloseTo(balancedAccuracy(labels, predicted), 12);
    expect(overall(sums)(all)).toBeCloseTo(labels.filter((label, row) => label === predicted[row]).length / rows, 12);
  });

  it("counts a batch as often as it is drawn", () => {
    const once = overall(sums)(Uint32Array.of(3));
    expect(overall(sums)(Uint32Array.of(3, 3, 3))).toBeCloseTo(once, 12);
    expect(overall(sums)(Uint32Array.of(3, 7, 7))).toBeCloseTo((once + 2 * overall(sums)(Uint32Array.of(7))) / 3, 12);
  });

  it("gives a decision other than the likeliest phase its own hits, and leaves the loss", () => {
    const right = batchSums(labels, probabilities, { codes, batches: 30, predicted: labels });
    expect(recall(right, 2)(all)).toBe(1);
    expect(meanLoss(right)(all)).toBe(meanLoss(sums)(all));
  });

  it("makes intervals that hold the value, and no difference of a model from itself", () => {
    const { value, interval } = batchEstimate(30, overall(sums), seededRandom(1));
    expect(interval.low).toBeLessThan(value);
    expect(interval.high).toBeGreaterThan(value);
    expect(batchDifference(sums, sums, meanLoss, seededRandom(1))).toEqual({
      value: 0,
      interval: { low: 0, high: 0, level: 0.95, method: "jackknife by batch, Student, 29 degrees of freedom" },
    });
  });

  it("means a number per row over the rows that count, a batch as often as it is drawn", () => {
    const two = { codes: [0, 0, 1], batches: 2 };
    const [once, twice] = [Uint32Array.of(0, 1), Uint32Array.of(0, 0, 1)];
    expect([meanOfRows([1, 2, 6], two)(once), meanOfRows([1, 2, 6], two)(twice)]).toEqual([3, 12 / 5]);
    expect(meanOfRows([1, 2, 6], two, [0, 1, 1])(once)).toBe(4);
  });
});
