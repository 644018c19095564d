import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isotonicRegression } from "../../src/calibration/isotonicRegression.js";
import { polylineAt } from "../../src/calibration/polylineAt.js";
import golden from "../golden/b_calibrators.json" with { type: "json" };

const { isotonic, isotonic_weighted, isotonic_real } = golden.cases;
const numbers = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 12 }),
    y: fc.double({ min: -3, max: 3, noNaN: true }),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("isotonicRegression", () => {
  it.each([
    ["unweighted", isotonic, undefined],
    ["weighted", isotonic_weighted, isotonic_weighted.input.w],
  ] as const)("agrees with scikit-learn on ties, %s", (_, { input, expected }, weights) => {
    const curve = isotonicRegression(input.x, input.y, { weights });
    expect(curve.at).toEqual(expected.X_thresholds);
    curve.values.forEach((value, i) => expect(Math.abs(value - expected.y_thresholds[i])).toBeLessThan(1e-10));
    expected.query.forEach((x, i) => expect(Math.abs(polylineAt(curve, x) - expected.predict[i])).toBeLessThan(1e-10));
    input.x.forEach((x, i) => expect(Math.abs(polylineAt(curve, x) - expected.fitted[i])).toBeLessThan(1e-10));
  });

  it("agrees with scikit-learn on real numbers", () => {
    const curve = isotonicRegression(isotonic_real.input.x, isotonic_real.input.y);
    isotonic_real.input.x.forEach((x, i) =>
      expect(Math.abs(polylineAt(curve, x) - isotonic_real.expected.fitted[i])).toBeLessThan(1e-10),
    );
  });

  it("rises, keeps the weighted mean, and leaves what rises already", () => {
    fc.assert(
      fc.property(numbers, (rows) => {
        const [x, y, weights] = [rows.map((row) => row.x), rows.map((row) => row.y), rows.map((row) => row.weight)];
        const curve = isotonicRegression(x, y, { weights });
        for (let i = 1; i < curve.at.length; i++) {
          expect(curve.at[i]).toBeGreaterThan(curve.at[i - 1]);
          expect(curve.values[i]).toBeGreaterThanOrEqual(curve.values[i - 1]);
        }
        const sum = (values: readonly number[]): number =>
          values.reduce((total, value, i) => total + value * weights[i], 0);
        expect(sum(x.map((one) => polylineAt(curve, one)))).toBeCloseTo(sum(y), 9);
      }),
    );
    expect(isotonicRegression([3, 1, 2], [9, 1, 4])).toEqual({ at: [1, 2, 3], values: [1, 4, 9] });
  });

  it("refuses NaN, no rows and lengths that differ", () => {
    expect(() => isotonicRegression([0, NaN], [0, 1])).toThrow("row 1 has x NaN");
    expect(() => isotonicRegression([], [])).toThrow("at least one row");
    expect(() => isotonicRegression([1], [1, 2])).toThrow("got 2 for 1");
  });
});
