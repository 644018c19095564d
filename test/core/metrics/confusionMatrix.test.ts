import { describe, expect, it } from "vitest";
import { confusionMargins, confusionMatrix } from "../../../src/core/metrics/confusionMatrix.js";
import { labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("confusionMatrix", () => {
  it("counts as scikit-learn does: truth down, prediction across", () => {
    expect(Array.from(confusionMatrix(labels, predictions).counts)).toEqual(metrics.expected.confusion.flat());
  });

  it("sums weights, and keeps room for classes that no row shows", () => {
    const matrix = confusionMatrix([0, 1], [1, 1], { classes: 3, weights: [2, 0.5] });
    expect(Array.from(matrix.counts)).toEqual([0, 2, 0, 0, 0.5, 0, 0, 0, 0]);
    expect(confusionMargins(matrix)).toEqual({
      truth: Float64Array.of(2, 0.5, 0),
      predicted: Float64Array.of(0, 2.5, 0),
      hits: Float64Array.of(0, 0.5, 0),
      total: 2.5,
    });
  });

  it("refuses lengths that differ, an empty table, codes beyond the classes and negative weights", () => {
    expect(() => confusionMatrix([0], [0, 1])).toThrow("got 2 for 1 labels");
    expect(() => confusionMatrix([], [])).toThrow("at least one row is needed");
    expect(() => confusionMatrix([0, 1], [0, 5], { classes: 2 })).toThrow("row 1 has 5");
    expect(() => confusionMatrix([0, 1.5], [0, 1])).toThrow("row 1 has 1.5");
    expect(() => confusionMatrix([0], [0], { weights: [-1] })).toThrow("row 0 has -1");
  });
});
