import { describe, expect, it } from "vitest";
import { regressionErrors } from "../../../src/core/metrics/regressionErrors.js";
import { regression } from "../../support/goldenMetrics.js";

describe("regressionErrors", () => {
  it("agree with scikit-learn", () => {
    const { r2, mae, rmse, medae, mape, explainedVariance, maxError, n } = regressionErrors(
      regression.input.y,
      regression.input.pred,
    );
    const { expected } = regression;
    const pairs = [
      [r2, expected.r2],
      [mae, expected.mae],
      [rmse, expected.rmse],
      [medae, expected.medae],
      [mape, expected.mape],
      [explainedVariance, expected.explained_variance],
      [maxError, expected.max_error],
    ] as const;
    for (const [ours, theirs] of pairs) expect(Math.abs(ours! - theirs)).toBeLessThan(1e-10);
    expect(n).toBe(60);
  });

  it("give R² 0 to the mean and forgive a constant offset in the explained variance only", () => {
    expect(regressionErrors([1, 2, 3], [2, 2, 2]).r2).toBe(0);
    const { r2, explainedVariance } = regressionErrors([1, 2, 3], [2, 3, 4]);
    expect(explainedVariance).toBe(1);
    expect(r2).toBe(-0.5);
  });

  it("are null where the truth is constant or, as a share, where it holds a 0", () => {
    expect(regressionErrors([0.1, 0.1, 0.1], [0.1, 0.2, 0])).toMatchObject({ r2: null, explainedVariance: null });
    expect(regressionErrors([0, 1], [0, 1]).mape).toBeNull();
  });

  it("refuse numbers that are not finite, and no numbers", () => {
    expect(() => regressionErrors([1, NaN], [1, 2])).toThrow("row 1 has truth NaN, prediction 2");
    expect(() => regressionErrors([], [])).toThrow("got 0 for 0");
    expect(() => regressionErrors([1], [1, 2])).toThrow("got 2 for 1");
  });
});
