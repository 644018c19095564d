import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import type { Calibrator } from "../../src/calibration/Calibrator.js";
import { fitHistogram } from "../../src/calibration/fitHistogram.js";
import { fitIsotonic } from "../../src/calibration/fitIsotonic.js";
import { fitMatrixScaling } from "../../src/calibration/fitMatrixScaling.js";
import { fitPlatt } from "../../src/calibration/fitPlatt.js";
import { fitTemperature } from "../../src/calibration/fitTemperature.js";
import { fitVectorScaling } from "../../src/calibration/fitVectorScaling.js";
import { brierScore } from "../../src/core/metrics/brierScore.js";
import { logLoss } from "../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { anyForecasts, type Forecasts } from "./anyForecasts.js";
import { sharpenedForecast } from "./sharpenedForecast.js";

type Fit = (
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options?: { readonly weights?: ArrayLike<number> },
) => Calibrator;
const fits: readonly (readonly [string, Fit])[] = Object.entries({
  fitTemperature,
  fitVectorScaling,
  fitMatrixScaling,
  fitPlatt,
  fitIsotonic,
  fitHistogram,
});

/** Forecasts with an error in them, so that a temperature exists. */
const doubtful = anyForecasts.filter(({ labels, probabilities, classes }) =>
  labels.some(
    (label, row) =>
      Math.max(...probabilities.slice(row * classes, (row + 1) * classes)) - probabilities[row * classes + label] >
      0.05,
  ),
);

describe.each(fits)("%s", (_, fit) => {
  it("gives rows that sum to 1, is unchanged by JSON, and does not touch what it reads", () => {
    fc.assert(
      fc.property(doubtful, ({ labels, probabilities, classes }: Forecasts) => {
        const calibrator = fit(Object.freeze([...labels]), Object.freeze([...probabilities]));
        const calibrated = calibrate(calibrator, probabilities);
        for (let row = 0; row < labels.length; row++)
          expect(calibrated.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        const stored = JSON.parse(JSON.stringify(calibrator)) as Calibrator;
        expect(stored).toEqual(calibrator);
        expect(calibrate(stored, probabilities)).toEqual(calibrated);
      }),
      { numRuns: 40 },
    );
  });

  it("counts a row of weight 2 as two rows, and one of weight 0 as none", () => {
    const { labels, probabilities } = sharpenedForecast(60, 0.6, seededRandom(3));
    const weights = Array.from(labels, (_, row) => row % 3);
    const rows = weights.flatMap((weight, row) => Array.from({ length: weight }, () => row));
    const repeated = fit(
      rows.map((row) => labels[row]),
      rows.flatMap((row) => Array.from(probabilities.subarray(3 * row, 3 * row + 3))),
    );
    const [one, other] = [fit(labels, probabilities, { weights }), repeated].map((calibrator) =>
      calibrate(calibrator, probabilities),
    );
    one.forEach((probability, at) => expect(probability).toBeCloseTo(other[at], 6));
  });

  it("brings an overconfident model closer to the truth on rows that it was not fitted on", () => {
    const fitted = sharpenedForecast(3000, 0.5, seededRandom(1));
    const { labels, probabilities } = sharpenedForecast(3000, 0.5, seededRandom(2));
    expect(brierScore(labels, calibrate(fit(fitted.labels, fitted.probabilities), probabilities))).toBeLessThan(
      brierScore(labels, probabilities) - 0.02,
    );
  });

  it("names a class without rows", () => {
    const calibrator = fit(
      [0, 1, 0, 1, 0],
      [0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.2, 0.5, 0.3, 0.1, 0.8, 0.1, 0.6, 0.2, 0.2],
    );
    expect(calibrator.withoutRows).toEqual([2]);
    expect(calibrate(calibrator, [0.4, 0.4, 0.2]).every((probability) => probability > 0)).toBe(true);
  });

  it("refuses fewer than 2 rows, labels of one class, NaN, and rows that do not sum to 1", () => {
    expect(() => fit([0], [0.5, 0.5])).toThrow("at least 2 rows are needed; got 1");
    expect(() => fit([1, 1, 1], [0.5, 0.5, 0.4, 0.6, 0.7, 0.3])).toThrow(
      "at least 2 classes are needed; all 3 are of class 1",
    );
    expect(() => fit([0, 1], [0.5, 0.5, NaN, 0.5])).toThrow("row 1, class 0 has NaN");
    expect(() => fit([0, 1], [0.5, 0.5, 0.5, 0.6])).toThrow("row 1 sums to 1.1");
    expect(() => fit([0, 2], [0.5, 0.5, 0.5, 0.5])).toThrow("row 1 has 2");
  });
});

describe("fitTemperature, fitVectorScaling and fitMatrixScaling", () => {
  it.each(Object.entries({ fitTemperature, fitVectorScaling, fitMatrixScaling }))(
    "%s never raises the log loss of its own rows",
    (_, fit) => {
      fc.assert(
        fc.property(doubtful, ({ labels, probabilities }: Forecasts) => {
          // Above the rounding of a sum, and of the hottest temperature that is looked at.
          expect(logLoss(labels, calibrate(fit(labels, probabilities), probabilities))).toBeLessThanOrEqual(
            logLoss(labels, probabilities) + 1e-9,
          );
        }),
        { numRuns: 60 },
      );
    },
  );
});
