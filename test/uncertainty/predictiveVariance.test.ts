import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictiveVariance } from "../../src/uncertainty/predictiveVariance.js";

const model = fc.tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 0, max: 1e3, noNaN: true }));

describe("predictiveVariance", () => {
  it("is the variance of the mixture of the models", () => {
    fc.assert(
      fc.property(fc.array(model, { minLength: 2, maxLength: 6 }), (models) => {
        const { means, total, aleatoric, epistemic } = predictiveVariance(
          models.map(([mean]) => [mean]),
          models.map(([, variance]) => [variance]),
        );
        const mean = models.reduce((sum, [one]) => sum + one, 0) / models.length;
        const secondMoment = models.reduce((sum, [one, variance]) => sum + variance + one ** 2, 0) / models.length;
        expect(Math.abs(means[0] - mean)).toBeLessThan(1e-9);
        expect(Math.abs(total[0] - (secondMoment - mean ** 2))).toBeLessThan(1e-6);
        expect(total[0]).toBe(aleatoric[0] + epistemic[0]);
      }),
    );
  });

  it("finds nothing epistemic where all agree", () => {
    expect(
      predictiveVariance(
        [
          [2, -1],
          [2, -1],
        ],
        [
          [1, 0],
          [3, 0],
        ],
      ),
    ).toEqual({
      means: Float64Array.of(2, -1),
      total: Float64Array.of(2, 0),
      aleatoric: Float64Array.of(2, 0),
      epistemic: Float64Array.of(0, 0),
    });
  });

  it("refuses one model, lengths that differ, NaN and negative variances, and says where", () => {
    expect(() => predictiveVariance([[1]], [[1]])).toThrow("at least two models");
    expect(() => predictiveVariance([[1], [1]], [[1]])).toThrow("got 1 for 2 models");
    expect(() => predictiveVariance([[1], [1, 2]], [[1], [1]])).toThrow("model 1 has 2 and 1");
    expect(() => predictiveVariance([[1], [NaN]], [[1], [1]])).toThrow("model 1 has NaN at 0");
    expect(() => predictiveVariance([[1], [1]], [[1], [-1]])).toThrow("model 1 has -1 at 0");
  });
});
