import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brierScore } from "../../../src/core/metrics/brierScore.js";
import { softmaxRows } from "../../support/goldenMetrics.js";

interface Golden {
  readonly cases: {
    readonly temperature: {
      readonly input: { readonly logits: readonly (readonly number[])[]; readonly y: readonly number[] };
    };
    readonly calibration_metrics: { readonly expected: { readonly raw: { readonly brier_multiclass_sum: number } } };
    readonly binary_metrics: {
      readonly input: { readonly p: readonly number[]; readonly y: readonly number[] };
      readonly expected: { readonly brier_score_loss: number };
    };
  };
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../golden/b_calibration_metrics.json", import.meta.url), "utf8"),
) as Golden;

describe("brierScore", () => {
  it("agrees with the golden value over five classes, and is twice scikit-learn's over two", () => {
    const { logits, y } = cases.temperature.input;
    expect(
      Math.abs(brierScore(y, softmaxRows(logits)) - cases.calibration_metrics.expected.raw.brier_multiclass_sum),
    ).toBeLessThan(1e-10);
    const { p, y: events } = cases.binary_metrics.input;
    expect(
      Math.abs(
        brierScore(
          events,
          p.flatMap((one) => [1 - one, one]),
        ) /
          2 -
          cases.binary_metrics.expected.brier_score_loss,
      ),
    ).toBeLessThan(1e-10);
  });

  it("is 0 for a right certain answer, 2 for a wrong one, and a weighted mean of both", () => {
    expect(brierScore([0, 1], [1, 0, 1, 0], { weights: [3, 1] })).toBe(0.5);
  });
});
