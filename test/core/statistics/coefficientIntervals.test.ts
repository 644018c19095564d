import { describe, expect, it } from "vitest";
import { coefficientIntervals } from "../../../src/core/statistics/coefficientIntervals.js";
import type { RidgeFit } from "../../../src/core/statistics/ridgeRegression.js";

const none = (): Float64Array => new Float64Array();
const fit: RidgeFit = {
  coefficients: Float64Array.of(1, -2, 3),
  standardErrors: [0.5, null, 1],
  robustErrors: [1, null, 2],
  rows: 13,
  rank: 3,
  freedom: 10,
  residualVariance: 1,
  predict: none,
  predictionErrors: none,
};

describe("coefficientIntervals", () => {
  // t(0.975, 10) = 2.228139 in every table.
  it("reach t times the error to both sides, and are null where there is no error", () => {
    const [first, second, third] = coefficientIntervals(fit);
    expect([first!.low, first!.high, third!.high]).toEqual(
      [1 - 1.1140694, 1 + 1.1140694, 3 + 2.2281389].map((value) => expect.closeTo(value, 6) as number),
    );
    expect(second).toBeNull();
    expect(first).toMatchObject({ level: 0.95, method: "Student t, 10 degrees of freedom" });
  });

  it("take the robust errors where asked to, and say so", () => {
    const [first] = coefficientIntervals(fit, { robust: true, level: 0.9 });
    // t(0.95, 10) = 1.812461.
    expect(first).toEqual({
      low: expect.closeTo(1 - 1.8124611, 6) as number,
      high: expect.closeTo(1 + 1.8124611, 6) as number,
      level: 0.9,
      method: "Student t, HC3, 10 degrees of freedom",
    });
  });

  it.each([0, 1, NaN])("refuse the level %d", (level) => {
    expect(() => coefficientIntervals(fit, { level })).toThrow(`the level must lie in (0, 1); got ${level}`);
  });
});
