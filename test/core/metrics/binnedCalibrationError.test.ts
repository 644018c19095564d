import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binnedCalibrationError } from "../../../src/core/metrics/binnedCalibrationError.js";
import { topLabel } from "../../../src/core/metrics/topLabel.js";
import { softmaxRows } from "../../support/goldenMetrics.js";

type Expected = Readonly<Record<"ece15" | "mce15" | "ece10" | "mce10" | "ece15_equal_mass", number>> & {
  readonly "bins15 [index,count,mean conf,acc]": readonly (readonly number[])[];
};
interface Golden {
  readonly cases: {
    readonly temperature: {
      readonly input: { readonly logits: readonly (readonly number[])[]; readonly y: readonly number[] };
      readonly expected: { readonly T: number };
    };
    readonly calibration_metrics: { readonly expected: Readonly<Record<"raw" | "temperature_scaled", Expected>> };
    readonly binary_metrics: {
      readonly input: { readonly p: readonly number[]; readonly y: readonly number[] };
      readonly expected: {
        readonly calibration_curve_5_uniform: {
          readonly prob_true: readonly number[];
          readonly prob_pred: readonly number[];
        };
      };
    };
  };
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../golden/b_calibration_metrics.json", import.meta.url), "utf8"),
) as Golden;
const { logits, y } = cases.temperature.input;

describe("binnedCalibrationError", () => {
  it.each([
    ["raw", 1],
    ["temperature_scaled", cases.temperature.expected.T],
  ] as const)("agrees with the golden errors and bins of %s probabilities", (name, temperature) => {
    const top = topLabel(y, softmaxRows(logits.map((row) => row.map((logit) => logit / temperature))));
    const expected = cases.calibration_metrics.expected[name];
    for (const bins of [10, 15] as const) {
      const { error, largestGap } = binnedCalibrationError(top.probabilities, top.correct, {
        bins,
        binning: "equalWidth",
      });
      expect(Math.abs(error - expected[`ece${bins}`])).toBeLessThan(1e-10);
      expect(Math.abs(largestGap - expected[`mce${bins}`])).toBeLessThan(1e-10);
    }
    expect(
      Math.abs(binnedCalibrationError(top.probabilities, top.correct).error - expected.ece15_equal_mass),
    ).toBeLessThan(1e-10);
    binnedCalibrationError(top.probabilities, top.correct, { binning: "equalWidth" }).bins.forEach(
      ({ rows, probability, share }, i) => {
        const [, count, mean, accuracy] = expected["bins15 [index,count,mean conf,acc]"][i];
        expect(rows).toBe(count);
        expect(Math.abs(probability - mean)).toBeLessThan(1e-10);
        expect(Math.abs(share - accuracy)).toBeLessThan(1e-10);
      },
    );
  });

  it("has scikit-learn's calibration curve for a binary event", () => {
    const { p, y: events } = cases.binary_metrics.input;
    const { prob_true, prob_pred } = cases.binary_metrics.expected.calibration_curve_5_uniform;
    const { bins } = binnedCalibrationError(p, events, { bins: 5, binning: "equalWidth" });
    bins.forEach(({ probability, share }, i) => {
      expect(Math.abs(share - prob_true[i])).toBeLessThan(1e-10);
      expect(Math.abs(probability - prob_pred[i])).toBeLessThan(1e-10);
    });
  });

  it("is |probability - share| in one bin, and takes 0 and 1 in", () => {
    expect(binnedCalibrationError([0, 1, 0.5, 0.5], [0, 1, 1, 1], { bins: 1 }).error).toBe(0.25);
    expect(binnedCalibrationError([0, 1], [0, 1], { binning: "equalWidth" }).bins).toEqual([
      { rows: 1, probability: 0, share: 0 },
      { rows: 1, probability: 1, share: 1 },
    ]);
  });

  it("refuses probabilities outside [0, 1], events that are neither 0 nor 1, no rows and no bins", () => {
    expect(() => binnedCalibrationError([0.5, 1.2], [0, 1])).toThrow("row 1 has 1.2");
    expect(() => binnedCalibrationError([0.5], [2])).toThrow("row 0 has 2");
    expect(() => binnedCalibrationError([], [])).toThrow("at least one row");
    expect(() => binnedCalibrationError([0.5], [1], { bins: 0 })).toThrow(
      "bins must be an integer of at least 1; got 0",
    );
  });
});
