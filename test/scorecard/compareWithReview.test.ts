import { describe, expect, it } from "vitest";
import { compareWithReview } from "../../src/scorecard/compareWithReview.js";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { review2025 } from "../../src/scorecard/review2025.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { between, exhibit } from "./exhibits.js";

const compared = (exhibits: readonly Exhibit[], review = review2025) =>
  compareWithReview(rubric, review, computeScorecard(rubric, exhibits), exhibits);

describe("compareWithReview", () => {
  it("sets the review's points beside ours, category by category", () => {
    const { categories } = compared([exhibit({ id: "DQ7.share", value: 1 })]);
    expect(categories.map(({ id, theirs }) => [id, theirs])).toEqual(Object.entries(review2025.categories));
    expect(categories[0]).toMatchObject({ low: 1, high: 10 });
  });

  it("answers every finding by a measurement, and says UNKNOWN where there is none", () => {
    const { findings } = compared([]);
    expect(findings).toHaveLength(review2025.findings.length);
    expect(
      findings.every(
        ({ ours, status, met, evidence }) =>
          ours === "UNKNOWN (not measured)" && met === "not measured" && status === "UNKNOWN" && evidence === null,
      ),
    ).toBe(true);
  });

  it("quotes value, interval and labels, and does not quote evidence that has been overtaken", () => {
    const answer = (one: Exhibit) => compared([one]).findings.find(({ measure }) => measure === one.evidence.id)!;
    expect(
      answer(
        exhibit(
          { id: "PI3.power", unit: "share", ...between(0.8, 0.9), labels: "simulated" },
          { file: "08-monitoring" },
        ),
      ),
    ).toMatchObject({ ours: "85 % [80 %, 90 %], on the twin's labels", evidence: "08-monitoring", status: "UNKNOWN" });
    expect(
      answer(exhibit({ id: "DQ6.rows", value: 312 }, { matches: false, difference: "table.csv changed" })).ours,
    ).toBe("UNKNOWN (table.csv changed)");
    expect(answer(exhibit({ id: "DQ6.rows", value: null, reason: "no table" })).ours).toBe("UNKNOWN (no table)");
  });

  it("says by data whether the wish is met, whatever the check says: 445 rows are not 2,000", () => {
    const met = (one: Exhibit) => compared([one]).findings.find(({ measure }) => measure === one.evidence.id)!.met;
    const rows = (value: number) => exhibit({ id: "DQ3.smallestTrainClass", value });
    expect([met(rows(445)), met(rows(2000)), met(exhibit({ ...rows(2000).evidence }, { matches: false }))]).toEqual([
      "no",
      "yes",
      "not measured",
    ]);
    expect([9, 19.1, 50, 51].map((value) => met(exhibit({ id: "training.rowsPerParameter", value })))).toEqual([
      "no",
      "yes",
      "yes",
      "no",
    ]);
    expect([
      met(exhibit({ id: "calibration.meanConfidence", unit: "share", ...between(0.79, 0.9) })),
      met(exhibit({ id: "calibration.meanConfidence", unit: "share", ...between(0.81, 0.9) })),
    ]).toEqual(["no", "yes"]);
  });

  it("does not take the twin's labels for real experiments, nor a number for another's answer", () => {
    const met = (one: Exhibit) => compared([one]).findings.find(({ measure }) => measure === one.evidence.id)!.met;
    expect(
      (["simulated", "real"] as const).map((labels) =>
        met(exhibit({ id: "MP3.worstMajorRecall", ...between(0.92, 0.96), labels })),
      ),
    ).toEqual(["measured otherwise", "yes"]);
    expect([
      met(exhibit({ id: "VR2.halfWidth", value: 0.008 })),
      met(exhibit({ id: "VR2.halfWidth", value: null, reason: "no folds" })),
    ]).toEqual(["measured otherwise", "not measured"]);
  });

  it("refuses a finding whose check the rubric has not", () => {
    expect(() => compared([], { ...review2025, findings: [{ ...review2025.findings[0], check: "XX1" }] })).toThrow(
      "every finding must name a check of the scorecard; got XX1",
    );
  });
});
