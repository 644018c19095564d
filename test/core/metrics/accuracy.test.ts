import { describe, expect, it } from "vitest";
import { accuracy } from "../../../src/core/metrics/accuracy.js";
import { labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("accuracy", () => {
  it("agrees with scikit-learn, with and without weights", () => {
    expect(Math.abs(accuracy(labels, predictions) - metrics.expected.accuracy)).toBeLessThan(1e-10);
    expect(
      Math.abs(accuracy(labels, predictions, { weights: metrics.input.w }) - metrics.expected["weighted_accuracy(w)"]),
    ).toBeLessThan(1e-10);
  });
});
