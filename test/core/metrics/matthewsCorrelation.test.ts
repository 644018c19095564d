import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matthewsCorrelation } from "../../../src/core/metrics/matthewsCorrelation.js";
import { degenerate, labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("matthewsCorrelation", () => {
  it("agrees with scikit-learn, 0 where one side is constant", () => {
    expect(Math.abs(matthewsCorrelation(labels, predictions)! - metrics.expected.mcc)).toBeLessThan(1e-10);
    for (const { y_true, y_pred, mcc } of [
      degenerate.expected.never_predicted_classes,
      degenerate.expected.predicted_class_absent_in_truth,
    ])
      expect(matthewsCorrelation(y_true, y_pred)).toBe(mcc);
  });

  it("is null where both sides are constant", () => {
    expect(matthewsCorrelation([1, 1], [1, 1])).toBeNull();
    expect(matthewsCorrelation([1, 1], [0, 0])).toBeNull();
  });

  it("is Pearson's correlation of the codes for two classes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 0,
          maxLength: 40,
        }),
        (pairs) => {
          const all = [...pairs, [0, 1], [1, 0], [1, 1]];
          const [a, b] = [0, 1].map((side) =>
            all.map((pair) => pair[side] - all.reduce((sum, other) => sum + other[side], 0) / all.length),
          );
          const product = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i], 0);
          expect(
            matthewsCorrelation(
              all.map(([x]) => x),
              all.map(([, y]) => y),
            ),
          ).toBeCloseTo(product(a, b) / Math.sqrt(product(a, a) * product(b, b)), 10);
        },
      ),
    );
  });
});
