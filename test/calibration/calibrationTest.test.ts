import { describe, expect, it } from "vitest";
import { calibrationTest, type CalibrationTest } from "../../src/calibration/calibrationTest.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { softmax } from "./anyForecasts.js";
import { sharpenedForecast, type SharpenedForecast } from "./sharpenedForecast.js";

/** Tests of forecasts by seeds 0, 1, ... */
function repeated(trials: number, labelSets: number, forecast: (seed: number) => SharpenedForecast): CalibrationTest[] {
  return Array.from({ length: trials }, (_, seed) => {
    const { labels, probabilities } = forecast(seed);
    return calibrationTest(labels, probabilities, seededRandom(seed).fork("test"), { labelSets });
  });
}
const rejected = (tests: readonly CalibrationTest[]): number => tests.filter((one) => one.rejected).length;

describe("calibrationTest", () => {
  it("calls a calibrated model uncalibrated about as often as it says, jointly and by each statistic", () => {
    const tests = repeated(300, 99, (seed) => sharpenedForecast(200, 1, seededRandom(seed)));
    // 95 % of binomials of 300 trials at 0.05 lie in 8..23; the joint test errs to the safe side, by ties of its
    // smallest ranks.
    expect(rejected(tests)).toBeLessThanOrEqual(23);
    expect(rejected(tests)).toBeGreaterThanOrEqual(4);
    for (const name of ["surprise", "classShares", "binnedError"] as const) {
      const alarms = tests.filter((test) => test[name].pValue <= 0.05).length;
      expect(alarms).toBeGreaterThanOrEqual(8);
      expect(alarms).toBeLessThanOrEqual(23);
    }
  });

  it("catches a model sharpened by 0.72 in 2,000 rows, and calls it overconfident", () => {
    const tests = repeated(20, 99, (seed) => sharpenedForecast(2000, 0.72, seededRandom(seed)));
    expect(rejected(tests)).toBeGreaterThanOrEqual(19);
    for (const { surprise } of tests) expect(surprise.value).toBeGreaterThan(0);
  });

  it("calls a model that was flattened underconfident", () => {
    const [test] = repeated(1, 199, () => sharpenedForecast(2000, 1.4, seededRandom(1)));
    expect(test).toMatchObject({ rejected: true, n: 2000, labelSets: 199 });
    expect(test.surprise.value).toBeLessThan(0);
  });

  it("catches by class shares a class that is said too often, though confidence is right on average", () => {
    const tests = repeated(10, 99, (seed) => {
      const { labels, probabilities } = sharpenedForecast(2000, 1, seededRandom(seed));
      const tilted = probabilities.map((p, at) => Math.log(p) + (at % 3 === 0 ? 0.3 : 0));
      return {
        labels,
        probabilities: Float64Array.from(labels).reduce(
          (all, _, row) => (all.set(softmax(Array.from(tilted.subarray(3 * row, 3 * row + 3))), 3 * row), all),
          new Float64Array(tilted.length),
        ),
      };
    });
    expect(rejected(tests)).toBeGreaterThanOrEqual(9);
    expect(tests.filter(({ surprise }) => surprise.pValue <= 0.05).length).toBeLessThan(5);
  });

  it("catches by binned error what changes sign along the confidence", () => {
    const tests = repeated(10, 99, (seed) => {
      const random = seededRandom(seed);
      const probabilities = new Float64Array(4000);
      const labels = new Uint8Array(2000).map((_, row) => {
        const top = 0.5 + 0.5 * random();
        probabilities.set([top, 1 - top], 2 * row);
        return Number(random() >= Math.min(1, top + 0.1 * Math.sin(8 * Math.PI * top)));
      });
      return { labels, probabilities };
    });
    expect(rejected(tests)).toBeGreaterThanOrEqual(9);
  });

  it("rejects certainty that is wrong once, and not where it is always right", () => {
    const certain = Float64Array.from({ length: 40 }, (_, at) => Number(at % 2 === 0));
    const labels = new Uint8Array(20);
    expect(calibrationTest(labels, certain, seededRandom(1)).pValue).toBe(1);
    labels[3] = 1;
    expect(calibrationTest(labels, certain, seededRandom(1)).pValue).toBe(1 / 1000);
  });

  it("gives equal results for equal streams", () => {
    const { labels, probabilities } = sharpenedForecast(100, 0.9, seededRandom(4));
    const result = (): CalibrationTest => calibrationTest(labels, probabilities, seededRandom(7), { labelSets: 99 });
    expect(result()).toEqual(result());
  });

  it("refuses one row, too few label sets for its level, and rows that are no probabilities", () => {
    expect(() => calibrationTest([0], [1, 0], seededRandom(1))).toThrow("at least 2 rows are needed; got 1");
    expect(() => calibrationTest([0, 1], [1, 0, 1, 0], seededRandom(1), { labelSets: 58 })).toThrow(
      "at least 59 label sets are needed for alpha 0.05; got 58",
    );
    expect(() => calibrationTest([0, 1], [1, 0, 0.7, 0.7], seededRandom(1))).toThrow("row 1 sums to 1.4");
    expect(() => calibrationTest([0, 1], [1, 0, NaN, 0.7], seededRandom(1))).toThrow("row 1, class 0 has NaN");
  });
});
