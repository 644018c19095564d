import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rescoreReview } from "../../src/scorecard/rescoreReview.js";
import { review2025 } from "../../src/scorecard/review2025.js";
import { rubric } from "../../src/scorecard/rubric.js";

interface Golden {
  readonly tolerance: number;
  readonly source_document: Readonly<Record<string, number>> & {
    readonly category_scores: Readonly<Record<string, number>>;
  };
}

const { source_document: golden, tolerance } = JSON.parse(
  readFileSync(new URL("../golden/i_scorecard.json", import.meta.url), "utf8"),
) as Golden;

describe("rescoreReview", () => {
  it("agrees with the reference scorer on the 2025 review, however its scores are summed up", () => {
    expect(review2025.categories).toEqual(golden.category_scores);
    const rescore = rescoreReview(rubric, review2025);
    const wanted = {
      arithmetic: golden["weighted_arithmetic"],
      geometric: golden["weighted_geometric"],
      harmonic: golden["weighted_harmonic"],
      weakest: golden["min_category (Breck) x10"],
      science: golden["science categories only (data, performance, rigor)"],
      capped: golden["displayed under the proposed cap (a hard gate not passed -> 25)"],
    };
    for (const key of Object.keys(wanted) as (keyof typeof wanted)[])
      expect(Math.abs(rescore[key] - wanted[key]), key).toBeLessThanOrEqual(tolerance);
  });

  it("gives its table as the plain mean and its headline as that mean under a cap: no contradiction", () => {
    const { arithmetic, capped } = rescoreReview(rubric, review2025);
    expect([arithmetic, capped]).toEqual(
      [review2025.table, review2025.headline].map((score) => expect.closeTo(score, 9) as number),
    );
  });

  it("is the score itself where all categories have the same, and refuses one that is missing or out of range", () => {
    const scored = (data: number, others: number) => ({
      ...review2025,
      categories: {
        ...review2025.categories,
        data,
        performance: others,
        rigor: others,
        infra: others,
        code: others,
        docs: others,
      },
    });
    const same = rescoreReview(rubric, scored(2, 2));
    for (const key of ["arithmetic", "geometric", "harmonic", "weakest", "science", "capped"] as const)
      expect(same[key], key).toBeCloseTo(20, 9);
    expect(() => rescoreReview(rubric, scored(11, 2))).toThrow(
      "every category needs a score from 0 to 10; data has 11",
    );
    expect(() => rescoreReview(rubric, scored(NaN, 2))).toThrow("data has NaN");
  });
});
