import { describe, expect, it } from "vitest";
import { averagedLogistic } from "../../../../src/training/baselines/gaussian/averagedLogistic.js";

/** By the trapezoidal rule over ±10 standard deviations. */
function quadrature(mean: number, variance: number): number {
  let [sum, whole] = [0, 0];
  for (let z = -10; z <= 10; z += 0.005) {
    const density = Math.exp((-z * z) / 2);
    sum += density / (1 + Math.exp(-mean - z * Math.sqrt(variance)));
    whole += density;
  }
  return sum / whole;
}

describe("averagedLogistic", () => {
  it("comes within 5e-4 of a quadrature for variances up to 1,000, and rises with the mean", () => {
    for (const variance of [0, 0.1, 1, 10, 100, 1000]) {
      let before = 0;
      for (let mean = -12; mean <= 12; mean += 0.25) {
        const ours = averagedLogistic(mean, variance);
        expect(Math.abs(ours - quadrature(mean, variance))).toBeLessThan(5e-4);
        expect(ours).toBeGreaterThanOrEqual(before);
        before = ours;
      }
    }
  });

  it("is 1/2 at 0, symmetric, and never 0 or 1", () => {
    for (const variance of [0, 1, 1e5]) {
      expect(averagedLogistic(0, variance)).toBeCloseTo(0.5, 8);
      for (const mean of [0.3, 2, 7])
        expect(averagedLogistic(mean, variance) + averagedLogistic(-mean, variance)).toBeCloseTo(1, 7);
    }
    expect([averagedLogistic(-1e6, 0), averagedLogistic(1e6, 0)]).toEqual([1e-4, 1 - 1e-4]);
  });
});
