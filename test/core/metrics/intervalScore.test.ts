import { describe, expect, it } from "vitest";
import { intervalScore } from "../../../src/core/metrics/intervalScore.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";
import golden from "../../golden/b_gaussian_scores.json" with { type: "json" };

const { input, expected } = golden;

describe("intervalScore", () => {
  it("agrees with the golden mean", () => {
    const half = input.sigma.map((sigma) => sigma * normalQuantile(0.95));
    const scores = intervalScore(
      input.y,
      input.mu.map((mean, row) => mean - half[row]),
      input.mu.map((mean, row) => mean + half[row]),
      { level: 0.9 },
    );
    expect(Math.abs(scores.reduce((a, b) => a + b) / scores.length - expected.interval_score_90)).toBeLessThan(1e-10);
  });

  it("is the width inside, and 2 / (1 - level) per unit outside", () => {
    const scores = intervalScore([1, 3, -1], [0, 0, 0], [2, 2, 2], { level: 0.8 });
    [2, 12, 12].forEach((score, row) => expect(scores[row]).toBeCloseTo(score, 12));
  });

  it("refuses crossed intervals, NaN and a level of 1", () => {
    expect(() => intervalScore([1], [2], [1], { level: 0.9 })).toThrow("row 0 has truth 1, low 2, high 1");
    expect(() => intervalScore([NaN], [1], [2], { level: 0.9 })).toThrow("truth NaN");
    expect(() => intervalScore([1], [1], [2], { level: 1 })).toThrow("in (0, 1); got 1");
  });
});
