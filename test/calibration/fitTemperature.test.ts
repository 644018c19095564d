import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import { fitTemperature } from "../../src/calibration/fitTemperature.js";
import { logLoss } from "../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { softmaxRows } from "../support/goldenMetrics.js";
import { anyForecasts } from "./anyForecasts.js";
import { sharpenedForecast } from "./sharpenedForecast.js";

interface Golden {
  readonly cases: {
    readonly temperature: {
      readonly input: { readonly logits: readonly (readonly number[])[]; readonly y: readonly number[] };
      readonly expected: Readonly<Record<"T" | "nll_before" | "nll_after", number>>;
    };
  };
}
const { input, expected } = (
  JSON.parse(readFileSync(new URL("../golden/b_calibration_metrics.json", import.meta.url), "utf8")) as Golden
).cases.temperature;

describe("fitTemperature", () => {
  it("agrees with the golden temperature and log losses", () => {
    const probabilities = softmaxRows(input.logits);
    const calibrator = fitTemperature(input.y, probabilities);
    expect(Math.abs(calibrator.temperature - expected.T)).toBeLessThan(1e-8);
    expect(Math.abs(logLoss(input.y, probabilities) - expected.nll_before)).toBeLessThan(1e-12);
    expect(Math.abs(logLoss(input.y, calibrate(calibrator, probabilities)) - expected.nll_after)).toBeLessThan(1e-12);
  });

  it("finds the temperature that forecasts were sharpened by", () => {
    const { labels, probabilities } = sharpenedForecast(20_000, 0.72, seededRandom(5));
    expect(Math.abs(fitTemperature(labels, probabilities).temperature * 0.72 - 1)).toBeLessThan(0.03);
  });

  it("keeps the likeliest class at any temperature", () => {
    fc.assert(
      fc.property(
        anyForecasts,
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        ({ classes, probabilities }, temperature) => {
          const calibrated = calibrate({ method: "temperature", classes, withoutRows: [], temperature }, probabilities);
          for (let from = 0; from < probabilities.length; from += classes) {
            const [before, after] = [
              probabilities.slice(from, from + classes),
              Array.from(calibrated.subarray(from, from + classes)),
            ];
            // Equals to the last digits may change places.
            expect(before[after.indexOf(Math.max(...after))]).toBeGreaterThan(Math.max(...before) * (1 - 1e-12));
          }
        },
      ),
    );
  });

  it("is 1 where all rows are even, and at its hottest where labels are worse than chance", () => {
    expect(fitTemperature([0, 1, 1], new Array<number>(6).fill(0.5)).temperature).toBe(1);
    expect(fitTemperature([0, 1], [0.1, 0.9, 0.9, 0.1]).temperature).toBe(100);
  });

  it("refuses rows that are all answered right: the best temperature would be 0", () => {
    expect(() => fitTemperature([0, 1], [0.9, 0.1, 0.2, 0.8])).toThrow(
      "some rows must be answered wrongly or in doubt; got 2 rows",
    );
  });

  it("counts a probability of 0 as 1e-15", () => {
    const temperature = fitTemperature([0, 1, 1], [1, 0, 1, 0, 0, 1]).temperature;
    expect(temperature).toBeCloseTo((15 * Math.LN10) / Math.LN2, 6);
  });
});
