import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balancedAccuracy } from "../../../src/core/metrics/balancedAccuracy.js";
import { degenerate, labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("balancedAccuracy", () => {
  it("agrees with scikit-learn, also where classes are never predicted or only predicted", () => {
    expect(Math.abs(balancedAccuracy(labels, predictions) - metrics.expected.balanced_accuracy)).toBeLessThan(1e-10);
    for (const { y_true, y_pred, ...expected } of Object.values(degenerate.expected).slice(
      0,
      2,
    ) as (typeof degenerate.expected.never_predicted_classes)[]) {
      const value = expected.balanced_accuracy ?? expected["balanced_accuracy (classes of y_true only)"];
      expect(Math.abs(balancedAccuracy(y_true, y_pred) - value)).toBeLessThan(1e-10);
    }
  });

  it("of a constant answer is one over the number of classes, however common that class is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 0, max: 2 }),
        (others, answer) => {
          const truth = [0, 1, 2, ...others];
          expect(
            balancedAccuracy(
              truth,
              truth.map(() => answer),
            ),
          ).toBeCloseTo(1 / 3, 12);
        },
      ),
    );
  });
});
