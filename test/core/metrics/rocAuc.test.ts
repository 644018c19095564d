import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rocAuc } from "../../../src/core/metrics/rocAuc.js";
import { degenerate } from "../../support/goldenMetrics.js";

const rows = fc.array(
  fc.record({
    label: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: 0, max: 5 }),
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 2, maxLength: 30 },
);

describe("rocAuc", () => {
  it("agrees with scikit-learn on tied scores", () => {
    const { y, score, auc } = degenerate.expected.roc_auc_ties;
    expect(Math.abs(rocAuc(y, score)! - auc)).toBeLessThan(1e-10);
  });

  it("is the weighted share of pairs in the right order, ties half, and null without pairs", () => {
    fc.assert(
      fc.property(rows, (all) => {
        let [right, pairs] = [0, 0];
        for (const a of all.filter(({ label }) => label === 1)) {
          for (const b of all.filter(({ label }) => label === 0)) {
            pairs += a.weight * b.weight;
            right += a.weight * b.weight * (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0);
          }
        }
        const area = rocAuc(
          all.map(({ label }) => label),
          all.map(({ score }) => score),
          { weights: all.map(({ weight }) => weight) },
        );
        if (pairs === 0) expect(area).toBeNull();
        else expect(area).toBeCloseTo(right / pairs, 12);
      }),
    );
  });
});
