import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { coefficientIntervals } from "../../../src/core/statistics/coefficientIntervals.js";
import { leastSquares } from "../../../src/core/statistics/leastSquares.js";
import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { ridgeRegression } from "../../../src/core/statistics/ridgeRegression.js";
import { slopeIntervals } from "../../../src/core/statistics/slopeIntervals.js";
import { studentQuantile } from "../../../src/core/statistics/studentQuantile.js";

interface Fit {
  readonly params: readonly number[];
  readonly se: readonly number[];
}
interface Golden {
  readonly cases: {
    readonly ols: {
      readonly input: { readonly X: number[][]; readonly y: number[]; readonly x_new: number[][] };
      readonly expected: Fit & {
        readonly ci95: readonly (readonly [number, number])[];
        readonly sigma2: number;
        readonly hc3_se: readonly number[];
        readonly pred_mean: readonly number[];
        readonly pred_interval: readonly (readonly [number, number])[];
      };
      readonly tolerance: number;
    };
    readonly ridge: {
      readonly expected: Readonly<Record<string, { readonly coef: readonly number[]; readonly intercept: number }>>;
      readonly tolerance: number;
    };
    readonly wls: {
      readonly input: { readonly w: readonly number[] };
      readonly expected: Fit;
      readonly tolerance: number;
    };
    readonly collinear: {
      readonly expected: { readonly rank: number; readonly params: readonly number[] };
      readonly tolerance: number;
    };
  };
}
/** statsmodels (ols, wls), scikit-learn (ridge) and NumPy (collinear); functions and versions in the file. */
const { ols, ridge, wls, collinear } = (
  JSON.parse(readFileSync(new URL("../../golden/e_linear.json", import.meta.url), "utf8")) as Golden
).cases;
const { X, y } = ols.input;
/** The golden fits read doubles, a Matrix holds floats: doubles in its place test the fit without that rounding. */
const doubles = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows[0].length,
  names: rows[0].map((_, j) => `x${j}`),
  values: Float64Array.from(rows.flat()) as unknown as Float32Array,
});
const features = doubles(X);
const farthest = (ours: ArrayLike<number | null>, theirs: readonly number[]): number =>
  theirs.reduce((most, value, i) => Math.max(most, ours[i] === null ? Infinity : Math.abs(value - ours[i])), 0);

describe("ridgeRegression", () => {
  it("without penalty is statsmodels' OLS: coefficients, HC3 errors, predictions and intervals", () => {
    const fit = ridgeRegression(features, y);
    const { expected, tolerance } = ols;
    expect(farthest(fit.coefficients, expected.params)).toBeLessThan(tolerance);
    expect(farthest(fit.standardErrors, expected.se)).toBeLessThan(tolerance);
    expect(farthest(fit.robustErrors, expected.hc3_se)).toBeLessThan(tolerance);
    expect(Math.abs(fit.residualVariance - expected.sigma2)).toBeLessThan(tolerance);
    expect([fit.rows, fit.rank]).toEqual([60, 5]);
    expect(fit.freedom).toBeCloseTo(55, 10);
    expect(
      farthest(
        coefficientIntervals(fit).flatMap((interval) => [interval!.low, interval!.high]),
        expected.ci95.flat(),
      ),
    ).toBeLessThan(tolerance);
    const fresh = doubles(ols.input.x_new);
    expect(farthest(fit.predict(fresh), expected.pred_mean)).toBeLessThan(tolerance);
    const half = fit.predictionErrors(fresh).map((error) => error * studentQuantile(0.975, fit.freedom));
    expect(
      farthest(
        half,
        expected.pred_interval.map(([low, high]) => (high - low) / 2),
      ),
    ).toBeLessThan(tolerance);
  });

  it.each([0.1, 1, 10])("is scikit-learn's Ridge at alpha %d", (alpha) => {
    const { coef, intercept } = ridge.expected[`alpha=${alpha}`];
    expect(farthest(ridgeRegression(features, y, { alpha }).coefficients, [intercept, ...coef])).toBeLessThan(
      ridge.tolerance,
    );
  });

  it("with weights is statsmodels' WLS", () => {
    const fit = ridgeRegression(features, y, { weights: wls.input.w });
    expect(farthest(fit.coefficients, wls.expected.params)).toBeLessThan(wls.tolerance);
    expect(farthest(fit.standardErrors, wls.expected.se)).toBeLessThan(wls.tolerance);
  });

  it("of collinear features takes NumPy's shortest solution, and gives no error for what they leave open", () => {
    const fit = ridgeRegression(doubles(X.map((row) => [...row, row[0]])), y);
    expect(farthest(fit.coefficients, collinear.expected.params)).toBeLessThan(collinear.tolerance);
    expect(fit.rank).toBe(collinear.expected.rank);
    for (const errors of [fit.standardErrors, fit.robustErrors])
      expect(errors.map((error) => error === null)).toEqual([false, true, false, false, false, true]);
    expect(coefficientIntervals(fit).map((interval) => interval === null)).toEqual([
      false,
      true,
      false,
      false,
      false,
      true,
    ]);
    // The others are as without the copy; so is the prediction, unless the copies part, which no training row saw.
    expect(
      farthest(
        [2, 3, 4].map((j) => fit.standardErrors[j]),
        ols.expected.se.slice(2),
      ),
    ).toBeLessThan(ols.tolerance);
    const plain = ridgeRegression(features, y).predictionErrors(doubles([[1, 2, 3, 4]]))[0];
    expect([
      ...fit.predictionErrors(
        doubles([
          [1, 2, 3, 4, 1],
          [1, 2, 3, 4, 2],
        ]),
      ),
    ]).toEqual([expect.closeTo(plain, 10), Infinity]);
  });

  it("of constant features is the mean and its standard error", () => {
    const target = [1, 2, 3, 6];
    const fit = ridgeRegression(doubles([[5], [5], [5], [5]]), target);
    expect([...fit.coefficients]).toEqual([3, 0]);
    expect([fit.rank, fit.freedom]).toEqual([1, 3]);
    // The intercept is the answer at 0, where no row was; the answer at 5 is known.
    expect(fit.standardErrors).toEqual([null, null]);
    expect([...fit.predictionErrors(doubles([[5], [6]]))]).toEqual([
      expect.closeTo(Math.sqrt((14 / 3) * 1.25), 12),
      Infinity,
    ]);
    // The mean of equal floats may miss them in the last digit.
    const tenths = doubles([0.1, 0.1, 0.1, 0.1, 0.1, 0.1].map((x) => [x]));
    expect(Number.isFinite(ridgeRegression(tenths, [1, 2, 3, 4, 5, 6]).predictionErrors(tenths)[0])).toBe(true);
  });

  it("agrees with leastSquares and slopeIntervals", () => {
    const coefficients = leastSquares(X, y);
    const fit = ridgeRegression(features, y);
    expect(farthest(fit.coefficients, coefficients)).toBeLessThan(1e-10);
    expect(
      farthest(
        coefficientIntervals(fit, { level: 0.8 }).map((interval) => interval!.low),
        slopeIntervals(X, y, coefficients, { level: 0.8 }).map(({ low }) => low),
      ),
    ).toBeLessThan(1e-10);
  });

  it("leaves out rows whose target is unknown or whose weight is 0, whatever their features", () => {
    const gaps = y.map((value, row) => (row < 10 ? NaN : value));
    const strange = { ...features, values: features.values.map((value, i) => (i < 40 ? NaN : value)) };
    const fit = ridgeRegression(strange, gaps, { alpha: 1 });
    expect(fit).toMatchObject({ rows: 50 });
    expect(
      farthest(fit.coefficients, [...ridgeRegression(doubles(X.slice(10)), y.slice(10), { alpha: 1 }).coefficients]),
    ).toBeLessThan(1e-12);
    expect(
      farthest(ridgeRegression(strange, y, { alpha: 1, weights: y.map((_, row) => (row < 10 ? 0 : 1)) }).coefficients, [
        ...fit.coefficients,
      ]),
    ).toBeLessThan(1e-12);
  });

  it("shrinks: a stronger penalty never makes the coefficients longer, and leaves more freedom", () => {
    const length = (alpha: number): number =>
      Math.hypot(...ridgeRegression(features, y, { alpha }).coefficients.subarray(1));
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        (a, b) => length(Math.max(a, b)) <= length(Math.min(a, b)) + 1e-12,
      ),
      { numRuns: 50 },
    );
    expect(ridgeRegression(features, y, { alpha: 100 }).freedom).toBeGreaterThan(55.5);
  });

  it("covers new targets as often as it says, also where the scatter differs by weight", () => {
    const random = seededRandom(5);
    const normal = (): number => boxMuller(1 - random(), random())[0];
    let inside = 0;
    const repeats = 1000;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const weights = Array.from({ length: 13 }, () => 0.2 + 3 * random());
      const rows = weights.map(() => [normal(), normal()]);
      const truth = ([a, b]: readonly number[]): number => 1 + a - 2 * b;
      const fit = ridgeRegression(
        doubles(rows.slice(1)),
        rows.slice(1).map((row, i) => truth(row) + normal() / Math.sqrt(weights[i + 1])),
        { weights: weights.slice(1) },
      );
      const fresh = doubles(rows.slice(0, 1));
      if (
        Math.abs(truth(rows[0]) + normal() - fit.predict(fresh)[0]) <=
        studentQuantile(0.95, fit.freedom) * fit.predictionErrors(fresh)[0]
      )
        inside++;
    }
    // Four standard errors of a share of 0.9 over 1000.
    expect(Math.abs(inside / repeats - 0.9)).toBeLessThan(0.038);
  });

  it("gives no HC3 errors where one row alone decides its own fit", () => {
    const fit = ridgeRegression(doubles([[0], [0], [0], [1]]), [1, 2, 3, 9]);
    expect(fit.robustErrors).toEqual([null, null]);
    expect(fit.standardErrors.every((error) => error !== null)).toBe(true);
  });

  it.each([
    [
      "a negative alpha",
      () => ridgeRegression(features, y, { alpha: -1 }),
      "alpha must be at least 0 and finite; got -1",
    ],
    [
      "a wrong number of targets",
      () => ridgeRegression(features, [1]),
      "one target per row is needed; got 1 for 60 rows",
    ],
    ["an infinite target", () => ridgeRegression(features, [Infinity, ...y.slice(1)]), "row 0 has Infinity"],
    [
      "a feature that is not finite",
      () => ridgeRegression(doubles([[1, NaN], ...X.slice(1).map((row) => row.slice(0, 2))]), y),
      "row 0, column x1 has NaN",
    ],
    [
      "a negative weight",
      () => ridgeRegression(features, y, { weights: y.map(() => -1) }),
      "weights must be finite and at least 0; row 0 has -1",
    ],
    [
      "too few known targets",
      () =>
        ridgeRegression(
          features,
          y.map((value, row) => (row < 2 ? value : NaN)),
        ),
      "at least 3 rows",
    ],
    [
      "no more targets than coefficients",
      () => ridgeRegression(doubles(X.slice(0, 5)), y.slice(0, 5)),
      "got 5 for 5; leave features out",
    ],
    [
      "a level of 1",
      () => coefficientIntervals(ridgeRegression(features, y), { level: 1 }),
      "the level must lie in (0, 1); got 1",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });

  it("gives equal bytes for equal input", () => {
    const floats = makeMatrix(features.names, Float32Array.from(X.flat()));
    expect(ridgeRegression(floats, y, { alpha: 1 }).coefficients).toEqual(
      ridgeRegression(floats, y, { alpha: 1 }).coefficients,
    );
  });
});
