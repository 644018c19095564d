import { describe, expect, it } from "vitest";
import { geometricMeanRecall } from "../../../src/core/metrics/geometricMeanRecall.js";
import { labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("geometricMeanRecall", () => {
  it("agrees with the golden value", () => {
    expect(Math.abs(geometricMeanRecall(labels, predictions) - metrics.expected.geometric_mean_recall)).toBeLessThan(
      1e-10,
    );
  });

  it("is 0 where one class is never recognised, and passes over a class without rows", () => {
    expect(geometricMeanRecall([0, 0, 1], [0, 1, 1])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(geometricMeanRecall([0, 1], [0, 0])).toBe(0);
    expect(geometricMeanRecall([0, 0], [0, 0], { classes: 5 })).toBe(1);
  });
});
