import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../../src/core/metrics/averagePrecision.js";
import { oneAgainstRest } from "../../../src/core/metrics/oneAgainstRest.js";
import { degenerate, labels, metrics, probabilities } from "../../support/goldenMetrics.js";

describe("averagePrecision", () => {
  it("agrees with scikit-learn for each class against the rest and on tied scores", () => {
    metrics.expected.pr_auc_by_class.forEach((expected, code) => {
      const one = oneAgainstRest(labels, probabilities, code);
      expect(Math.abs(averagePrecision(one.labels, one.scores)! - expected)).toBeLessThan(1e-10);
    });
    const { y, score, ap } = degenerate.expected.roc_auc_ties;
    expect(Math.abs(averagePrecision(y, score)! - ap)).toBeLessThan(1e-10);
  });

  it("is the share of positives where all scores are equal, 1 where they lead, null where there are none", () => {
    expect(averagePrecision([0, 1, 0, 0], [1, 1, 1, 1])).toBe(0.25);
    expect(averagePrecision([0, 1, 0, 1], [1, 3, 2, 4])).toBe(1);
    expect(averagePrecision([0, 0], [1, 2])).toBeNull();
  });

  it("takes a weight of 2 for a row that comes twice", () => {
    expect(averagePrecision([0, 1, 0, 1], [1, 3, 4, 2], { weights: [1, 2, 1, 1] })).toBeCloseTo(
      averagePrecision([0, 1, 1, 0, 1], [1, 3, 3, 4, 2])!,
      12,
    );
  });
});
