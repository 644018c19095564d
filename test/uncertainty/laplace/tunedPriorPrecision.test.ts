import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tunedPriorPrecision } from "../../../src/uncertainty/laplace/tunedPriorPrecision.js";

const eigenvalues = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });

describe("tunedPriorPrecision", () => {
  it("has a closed form where all curvatures are alike: n λ / (λ + τ) = τ |θ|²", () => {
    const { priorPrecision } = tunedPriorPrecision([2, 2, 2], 1.5);
    expect(1.5 * priorPrecision ** 2 + 3 * priorPrecision - 6).toBeCloseTo(0, 10);
  });

  it("has no better precision beside it", () => {
    fc.assert(
      fc.property(eigenvalues, fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (values, squares) => {
        const evidence = (precision: number): number =>
          (values.length / 2) * Math.log(precision) -
          (precision / 2) * squares -
          values.reduce((sum, value) => sum + Math.log(value + precision), 0) / 2;
        const { priorPrecision, effectiveParameters } = tunedPriorPrecision(values, squares);
        const best = evidence(priorPrecision);
        for (const factor of [0.5, 0.9, 1.1, 2])
          expect(evidence(factor * priorPrecision)).toBeLessThanOrEqual(best + 1e-9 * Math.abs(best));
        expect(effectiveParameters).toBeGreaterThan(0);
        expect(effectiveParameters).toBeLessThanOrEqual(values.length);
      }),
    );
  });

  it("refuses parameters of 0 and rows that say nothing", () => {
    expect(() => tunedPriorPrecision([1], 0)).toThrow("not all 0");
    expect(() => tunedPriorPrecision([0, -1e-18], 1)).toThrow("curvature is 0");
  });
});
