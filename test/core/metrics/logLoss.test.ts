import { describe, expect, it } from "vitest";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { labels, metrics, probabilities } from "../../support/goldenMetrics.js";

describe("logLoss", () => {
  it("agrees with scikit-learn, with and without weights, also from floats", () => {
    expect(Math.abs(logLoss(labels, probabilities) - metrics.expected.log_loss)).toBeLessThan(1e-10);
    expect(
      Math.abs(logLoss(labels, probabilities, { weights: metrics.input.w }) - metrics.expected["log_loss(w)"]),
    ).toBeLessThan(1e-10);
    expect(Math.abs(logLoss(labels, Float32Array.from(probabilities)) - metrics.expected.log_loss)).toBeLessThan(1e-6);
  });

  it("is ln k for a uniform forecast over k classes, 0 for a right and -ln floor for a wrong certain one", () => {
    expect(logLoss([0, 3], new Float64Array(8).fill(0.25))).toBeCloseTo(Math.log(4), 12);
    expect(logLoss([0], [1, 0])).toBe(0);
    expect(logLoss([1], [1, 0])).toBeCloseTo(15 * Math.LN10, 10);
    expect(logLoss([1], [1, 0], { floor: 1e-3 })).toBeCloseTo(3 * Math.LN10, 10);
  });

  it("refuses rows that are no probabilities and labels without a column", () => {
    expect(() => logLoss([0, 1], [1, 0, 0.5, 0.6])).toThrow("row 1 sums to 1.1");
    expect(() => logLoss([2], [1, 0])).toThrow("codes below 2; row 0 has 2");
  });
});
