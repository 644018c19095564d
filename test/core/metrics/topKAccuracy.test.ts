import { describe, expect, it } from "vitest";
import { accuracy } from "../../../src/core/metrics/accuracy.js";
import { topKAccuracy } from "../../../src/core/metrics/topKAccuracy.js";
import { labels, metrics, predictions, probabilities } from "../../support/goldenMetrics.js";

describe("topKAccuracy", () => {
  it("agrees with scikit-learn for 2 and 3, is the accuracy for 1 and 1 for all classes", () => {
    expect(Math.abs(topKAccuracy(labels, probabilities) - metrics.expected.top2)).toBeLessThan(1e-10);
    expect(Math.abs(topKAccuracy(labels, probabilities, { k: 3 }) - metrics.expected.top3)).toBeLessThan(1e-10);
    expect(topKAccuracy(labels, probabilities, { k: 1 })).toBe(accuracy(labels, predictions));
    expect(topKAccuracy(labels, probabilities, { k: 5 })).toBe(1);
  });

  it("does not reward a constant answer with hits for every class: of equals, k count", () => {
    expect(topKAccuracy([0, 1, 2, 3], new Float64Array(16).fill(0.25))).toBe(0.5);
  });

  it("refuses k beyond the classes", () => {
    expect(() => topKAccuracy([0], [0.5, 0.5], { k: 3 })).toThrow("from 1 to the 2 classes; got 3");
  });
});
