import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateLinear, leastSquares } from "../../../src/core/statistics/leastSquares.js";
import { slopeIntervals } from "../../../src/core/statistics/slopeIntervals.js";
import { studentQuantile } from "../../../src/core/statistics/studentQuantile.js";

interface Golden {
  readonly cases: {
    readonly ols: {
      readonly input: { X: number[][]; y: number[] };
      readonly expected: { params: number[]; ci95: [number, number][] };
      readonly tolerance: number;
    };
  };
}

/** statsmodels OLS; see versions and function in the file. */
const { ols } = (JSON.parse(readFileSync(new URL("../../golden/e_linear.json", import.meta.url), "utf8")) as Golden)
  .cases;

describe("leastSquares", () => {
  it("agrees with statsmodels, coefficients and 95 % intervals", () => {
    const { X, y } = ols.input;
    const fitted = leastSquares(X, y);
    const intervals = slopeIntervals(X, y, fitted);
    ols.expected.params.forEach((value, i) => {
      expect(Math.abs(fitted[i] - value)).toBeLessThan(ols.tolerance);
      expect(Math.abs(intervals[i].low - ols.expected.ci95[i][0])).toBeLessThan(ols.tolerance);
      expect(Math.abs(intervals[i].high - ols.expected.ci95[i][1])).toBeLessThan(ols.tolerance);
    });
  });

  it("recovers a plane, whatever its coefficients", () => {
    const coefficients = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(coefficients, (truth) => {
        const features = Array.from({ length: 12 }, (_, i) => [Math.sin(3 * i), Math.cos(5 * i + 1)]);
        const fitted = leastSquares(
          features,
          features.map((row) => evaluateLinear(truth, row)),
        );
        fitted.forEach((value, i) => expect(value).toBeCloseTo(truth[i], 9));
      }),
    );
  });

  it("does not take features of very different sizes for collinear", () => {
    const rows = [0, 1, 2, 3, 4].map((i) => [1e9 * i, 1e-9 * (i % 2)]);
    expect(
      leastSquares(
        rows,
        rows.map(([a, b]) => 2 + 3e-9 * a + 5e9 * b),
      )[2],
    ).toBeCloseTo(5e9, -3);
  });

  it("refuses too few rows and collinear features", () => {
    expect(() => leastSquares([[1]], [1])).toThrow(/2 coefficients need at least as many rows; got 1/);
    expect(() =>
      leastSquares(
        [
          [1, 2],
          [2, 4],
          [3, 6],
          [4, 8],
        ],
        [1, 2, 3, 4],
      ),
    ).toThrow(/collinear/);
    // Here rounding leaves no exact zero.
    expect(() =>
      leastSquares(
        [
          [0.1, 0.3],
          [0.2, 0.6],
          [0.7, 2.1],
          [1.3, 3.9],
        ],
        [0, 1, 2, 3],
      ),
    ).toThrow(/collinear/);
    expect(() => leastSquares([[160], [160], [160]], [1, 2, 3])).toThrow(/collinear/);
    expect(() => slopeIntervals([[1], [2]], [1, 2], [0, 1])).toThrow(/more than 2 rows are needed; got 2/);
  });
});

describe("studentQuantile", () => {
  // R 4: qt(p, df).
  it.each([
    [0.975, 1, 12.7062047361747],
    [0.975, 5, 2.57058183563631],
    [0.95, 30, 1.69726088659396],
    [0.025, 5, -2.57058183563631],
    [0.5, 3, 0],
  ])("t(%f; %i) = %f", (probability, freedom, expected) => {
    expect(studentQuantile(probability, freedom)).toBeCloseTo(expected, 9);
  });
});
