import { describe, expect, it } from "vitest";
import { accuracy } from "../../../src/core/metrics/accuracy.js";
import { labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("accuracy", () => {
  it("agrees with scikit-learn, with and without weights", () => {
    expect(Math.abs(accuracy(labels, predictions) - metrics.expected.accuracy)).toBeLessThan(1e-10);
    expect(
      Math.abs(accuracy(labels, predictions, { weights: metrics.input.w }) - metrics.expected["weighted_accuracy(w)"]),
    ).toBeLessThan(1e-10);
  });

  it("refuses a code of 1e6, whose matrix no memory holds, and an undefined label", () => {
    expect(() => accuracy([0, 1e6], [0, 1])).toThrow(
      "confusionMatrix: there may be at most 4096 classes; got codes below 1000001; " +
        "number the classes 0, 1, 2 and so on",
    );
    expect(() => accuracy([0, undefined as unknown as number], [0, 1])).toThrow(
      "confusionMatrix: labels must be codes below 2; row 1 has undefined",
    );
  });
});
