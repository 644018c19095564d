import { describe, expect, it } from "vitest";
import { cohenKappa } from "../../../src/core/metrics/cohenKappa.js";
import { degenerate, labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("cohenKappa", () => {
  it("agrees with scikit-learn, plain and quadratic, and is 0 for a constant answer", () => {
    expect(Math.abs(cohenKappa(labels, predictions)! - metrics.expected.cohen_kappa)).toBeLessThan(1e-10);
    expect(
      Math.abs(
        cohenKappa(labels, predictions, { disagreement: "quadratic" })! - metrics.expected.cohen_kappa_quadratic,
      ),
    ).toBeLessThan(1e-10);
    const { y_true, y_pred, kappa } = degenerate.expected.never_predicted_classes;
    expect(Math.abs(cohenKappa(y_true, y_pred)! - kappa)).toBeLessThan(1e-10);
  });

  it("is 1 for full agreement and null where nothing could disagree", () => {
    expect(cohenKappa([0, 1, 2], [0, 1, 2])).toBe(1);
    expect(cohenKappa([1, 1], [1, 1])).toBeNull();
  });

  it("forgives neighbours when quadratic: codes one apart cost less than codes two apart", () => {
    const truth = [0, 1, 2, 0, 1, 2];
    expect(cohenKappa(truth, [1, 1, 2, 0, 1, 2], { disagreement: "quadratic" })!).toBeGreaterThan(
      cohenKappa(truth, [2, 1, 2, 0, 1, 2], { disagreement: "quadratic" })!,
    );
  });
});
