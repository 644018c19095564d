import { describe, expect, it } from "vitest";
import { consistencyBand } from "../../src/calibration/consistencyBand.js";

describe("consistencyBand", () => {
  it("is that of the binomial law where probabilities are equal", () => {
    // Binomial(20, 0.3): P(< 2) = 0.0076, P(< 3) = 0.0355; P(> 10) = 0.0171, P(> 9) = 0.0480.
    expect(consistencyBand(new Array<number>(20).fill(0.3))).toEqual({
      low: 0.1,
      high: 0.5,
      level: 0.95,
      method: "Poisson-binomial, exact",
    });
  });

  it("has no width where all is certain", () => {
    expect(consistencyBand([1, 1, 0, 1])).toMatchObject({ low: 0.75, high: 0.75 });
  });

  it("comes close to the normal law for many rows", () => {
    const probabilities = Array.from({ length: 5000 }, (_, i) => (i + 0.5) / 5000);
    const deviation = Math.sqrt(probabilities.reduce((sum, p) => sum + p * (1 - p), 0)) / 5000;
    const { low, high } = consistencyBand(probabilities);
    expect(Math.abs(low - (0.5 - 1.96 * deviation))).toBeLessThan(2e-4);
    expect(Math.abs(high - (0.5 + 1.96 * deviation))).toBeLessThan(2e-4);
  });
});
