import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brierDecomposition } from "../../../src/core/metrics/brierDecomposition.js";
import { brierScore } from "../../../src/core/metrics/brierScore.js";
import { anyForecasts } from "../../calibration/anyForecasts.js";

describe("brierDecomposition", () => {
  it("adds up to the Brier score, for any number of bins", () => {
    fc.assert(
      fc.property(anyForecasts, fc.integer({ min: 1, max: 8 }), ({ labels, probabilities }, bins) => {
        const { brier, ...parts } = brierDecomposition(labels, probabilities, { bins });
        expect(Math.abs(brier - brierScore(labels, probabilities))).toBeLessThan(1e-12);
        for (const name of ["reliability", "resolution", "uncertainty", "withinBinVariance"] as const)
          expect(parts[name]).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("has Murphy's three parts alone where each bin has one probability", () => {
    // Said 0.8 four times and came 3 times; said 0.4 twice and came once.
    const parts = brierDecomposition([1, 1, 1, 0, 1, 0], [0.2, 0.8, 0.2, 0.8, 0.2, 0.8, 0.2, 0.8, 0.6, 0.4, 0.6, 0.4], {
      bins: 6,
    });
    expect(parts.reliability).toBeCloseTo(2 * ((4 * 0.05 ** 2 + 2 * 0.1 ** 2) / 6), 14);
    expect(parts.resolution).toBeCloseTo(2 * ((4 * (3 / 4 - 2 / 3) ** 2 + 2 * (1 / 2 - 2 / 3) ** 2) / 6), 14);
    expect(parts.uncertainty).toBeCloseTo(2 * (2 / 9), 14);
    expect(parts.withinBinVariance).toBeCloseTo(0, 14);
    expect(parts.withinBinCovariance).toBeCloseTo(0, 14);
  });

  it("is all uncertainty for the class shares as forecast, and 0 for labels of one class said so", () => {
    const even = brierDecomposition([0, 1, 1, 1], [0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75]);
    expect(even.brier).toBe(even.uncertainty);
    expect(brierDecomposition([0, 0], [1, 0, 1, 0]).brier).toBe(0);
  });

  it("refuses no rows, no bins and rows that are no probabilities", () => {
    expect(() => brierDecomposition([], [])).toThrow("got 0 for 0 rows");
    expect(() => brierDecomposition([0], [1, 0], { bins: 0 })).toThrow("bins must be an integer of at least 1; got 0");
    expect(() => brierDecomposition([0], [NaN, 1])).toThrow("row 0, class 0 has NaN");
  });
});
