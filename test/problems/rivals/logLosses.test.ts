import { describe, expect, it } from "vitest";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { logLosses } from "../../../src/problems/rivals/logLosses.js";

describe("logLosses", () => {
  it("has the mean of logLoss, and is finite where the true class was held impossible", () => {
    const [truth, told] = [[0, 1, 1], Float64Array.of(0.9, 0.1, 0.5, 0.5, 1, 0)];
    const losses = logLosses(truth, told, 2);
    expect(losses.reduce((a, b) => a + b) / 3).toBeCloseTo(logLoss(truth, told), 12);
    expect(losses[2]).toBeCloseTo(15 * Math.LN10, 10);
  });
});
