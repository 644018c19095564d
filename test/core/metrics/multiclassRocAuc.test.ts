import { describe, expect, it } from "vitest";
import { multiclassRocAuc } from "../../../src/core/metrics/multiclassRocAuc.js";
import { labels, metrics, probabilities } from "../../support/goldenMetrics.js";

describe("multiclassRocAuc", () => {
  it("agrees with scikit-learn by class, against the rest (macro, weighted) and one against one", () => {
    const { byClass, macro, weighted, oneAgainstOne } = multiclassRocAuc(labels, probabilities);
    const expected = metrics.expected;
    byClass.forEach((area, k) => expect(Math.abs(area! - expected.roc_auc_by_class[k])).toBeLessThan(1e-10));
    expect(Math.abs(macro! - expected.roc_auc_ovr_macro)).toBeLessThan(1e-10);
    expect(Math.abs(weighted! - expected.roc_auc_ovr_weighted)).toBeLessThan(1e-10);
    expect(Math.abs(oneAgainstOne! - expected.roc_auc_ovo_macro)).toBeLessThan(1e-10);
  });

  it("is null where a class has no rows, where scikit-learn throws, and says which", () => {
    const { byClass, macro, weighted, oneAgainstOne } = multiclassRocAuc([0, 1], [0.6, 0.3, 0.1, 0.2, 0.7, 0.1]);
    expect(byClass).toEqual([1, 1, null]);
    expect([macro, weighted, oneAgainstOne]).toEqual([null, null, null]);
    expect(
      multiclassRocAuc([0, 1, 2], [0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0, 0, 1], { weights: [1, 1, 0] }).byClass,
    ).toEqual([1, 1, null]);
    expect(multiclassRocAuc([0, 0], [0.6, 0.4, 0.5, 0.5])).toEqual({
      byClass: [null, null],
      macro: null,
      weighted: null,
      oneAgainstOne: null,
    });
  });

  it("weights classes by their share of rows: a class of three rows counts three times as much as one of one", () => {
    const scores = [0.6, 0.3, 0.1, 0.2, 0.5, 0.3, 0.5, 0.4, 0.1, 0.3, 0.6, 0.1, 0.1, 0.2, 0.7];
    const { byClass, macro, weighted } = multiclassRocAuc([0, 0, 0, 1, 2], scores);
    const [a, b, c] = byClass as number[];
    expect(macro).toBeCloseTo((a + b + c) / 3, 12);
    expect(weighted).toBeCloseTo((3 * a + b + c) / 5, 12);
    expect(weighted).not.toBeCloseTo(macro!, 3);
  });

  it("takes a weight of 2 for a row that comes twice", () => {
    const twice = multiclassRocAuc([...labels, labels[0]], [...probabilities, ...probabilities.subarray(0, 5)]);
    const weighted = multiclassRocAuc(labels, probabilities, { weights: labels.map((_, row) => (row === 0 ? 2 : 1)) });
    for (const key of ["macro", "weighted", "oneAgainstOne"] as const)
      expect(weighted[key]).toBeCloseTo(twice[key]!, 12);
  });
});
