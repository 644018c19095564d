import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import { fitMatrixScaling } from "../../src/calibration/fitMatrixScaling.js";
import { fitVectorScaling } from "../../src/calibration/fitVectorScaling.js";
import { logLoss } from "../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { sharpenedForecast } from "./sharpenedForecast.js";

const { labels, probabilities } = sharpenedForecast(400, 0.6, seededRandom(8));
const square = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0);

describe("fitVectorScaling and fitMatrixScaling", () => {
  it("end where a step in any parameter raises log loss plus penalty", () => {
    const vector = fitVectorScaling(labels, probabilities, { penalty: 2 });
    const matrix = fitMatrixScaling(labels, probabilities, { penalty: 2 });
    for (const fitted of [vector, matrix]) {
      const diagonal = fitted.method === "matrix" ? fitted.classes + 1 : 1;
      const total = (slopes: readonly number[], offsets: readonly number[]): number =>
        labels.length * logLoss(labels, calibrate({ ...fitted, slopes, offsets }, probabilities)) +
        square(slopes.map((slope, at) => slope - Number(at % diagonal === 0))) +
        square(offsets);
      const least = total(fitted.slopes, fitted.offsets);
      const moved = (values: readonly number[], at: number, by: number): number[] =>
        values.map((value, i) => (i === at ? value + by : value));
      for (const by of [-1e-4, 1e-4]) {
        fitted.slopes.forEach((_, at) =>
          expect(total(moved(fitted.slopes, at, by), fitted.offsets)).toBeGreaterThan(least),
        );
        fitted.offsets.forEach((_, at) =>
          expect(total(fitted.slopes, moved(fitted.offsets, at, by))).toBeGreaterThan(least),
        );
      }
    }
  });

  it("mend a class that is said too often", () => {
    const tilted = Float64Array.from(probabilities, (p, at) => p * (at % 3 === 0 ? 5 : 1));
    for (let from = 0; from < tilted.length; from += 3)
      tilted
        .subarray(from, from + 3)
        .set(tilted.subarray(from, from + 3).map((p, _, row) => p / row.reduce((a, b) => a + b)));
    for (const fit of [fitVectorScaling, fitMatrixScaling]) {
      const calibrated = calibrate(fit(labels, tilted, { penalty: 1e-3 }), tilted);
      const mean = calibrated.filter((_, at) => at % 3 === 0).reduce((a, b) => a + b) / labels.length;
      expect(mean).toBeCloseTo(labels.filter((label) => label === 0).length / labels.length, 3);
    }
  });

  it("stay finite where classes separate, and at the identity for a class without rows", () => {
    for (const fit of [fitVectorScaling, fitMatrixScaling]) {
      const { slopes, offsets } = fit([0, 1, 0, 1], [0.7, 0.2, 0.1, 0.2, 0.7, 0.1, 0.6, 0.3, 0.1, 0.1, 0.6, 0.3]);
      expect(Math.max(...slopes.map(Math.abs))).toBeLessThan(10);
      expect(offsets[2]).toBe(0);
      expect(slopes.slice(fit === fitVectorScaling ? 2 : 6)).toEqual(fit === fitVectorScaling ? [1] : [0, 0, 1]);
    }
  });

  it("refuse a penalty that is not above 0", () => {
    expect(() => fitVectorScaling(labels, probabilities, { penalty: 0 })).toThrow(
      "fitVectorScaling: the penalty must be a number above 0; got 0",
    );
  });
});
