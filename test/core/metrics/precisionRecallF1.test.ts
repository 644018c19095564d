import { describe, expect, it } from "vitest";
import { precisionRecallF1 } from "../../../src/core/metrics/precisionRecallF1.js";
import { degenerate, labels, metrics, predictions } from "../../support/goldenMetrics.js";

const near = (ours: number | null, theirs: number): void => expect(Math.abs(ours! - theirs)).toBeLessThan(1e-10);

describe("precisionRecallF1", () => {
  it("agrees with scikit-learn by class, macro, weighted and micro", () => {
    const { perClass, macro, weighted, micro } = precisionRecallF1(labels, predictions);
    const { precision, recall, f1, support } = metrics.expected;
    perClass.forEach((scores, k) => {
      near(scores.precision, precision[k]);
      near(scores.recall, recall[k]);
      near(scores.f1, f1[k]);
      expect(scores.support).toBe(support[k]);
    });
    near(macro.f1, metrics.expected.macro_f1);
    near(macro.precision, precision.reduce((a, b) => a + b) / 5);
    near(macro.recall, metrics.expected.balanced_accuracy);
    near(weighted.f1, metrics.expected.weighted_f1);
    near(weighted.recall, metrics.expected.accuracy);
    near(micro, metrics.expected.micro_f1);
  });

  it("has scikit-learn's macro F1 where classes are never predicted or only predicted", () => {
    const { never_predicted_classes: never, predicted_class_absent_in_truth: absent } = degenerate.expected;
    near(precisionRecallF1(never.y_true, never.y_pred).macro.f1, never.macro_f1);
    near(precisionRecallF1(absent.y_true, absent.y_pred).macro.f1, absent["macro_f1 (labels = union)"]);
  });

  it("is null where nothing defines it: no prediction, no occurrence", () => {
    const { perClass, macro, weighted } = precisionRecallF1([0, 1], [0, 2], { classes: 4 });
    expect(perClass).toEqual([
      { precision: 1, recall: 1, f1: 1, support: 1 },
      { precision: null, recall: 0, f1: 0, support: 1 },
      { precision: 0, recall: null, f1: 0, support: 0 },
      { precision: null, recall: null, f1: null, support: 0 },
    ]);
    expect(macro).toEqual({ precision: null, recall: 0.5, f1: 1 / 3 });
    expect(weighted).toEqual({ precision: null, recall: 0.5, f1: 0.5 });
  });

  it("takes a weight of 3 for a row that comes three times", () => {
    expect(precisionRecallF1([0, 1, 1], [0, 0, 1], { weights: [3, 1, 1] })).toEqual(
      precisionRecallF1([0, 0, 0, 1, 1], [0, 0, 0, 0, 1]),
    );
  });
});
