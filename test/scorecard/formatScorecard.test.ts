import { describe, expect, it } from "vitest";
import { measurement, type Evidence } from "../../src/core/Evidence.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { assessReadiness } from "../../src/scorecard/assessReadiness.js";
import { formatScorecard } from "../../src/scorecard/formatScorecard.js";
import { review2025 } from "../../src/scorecard/review2025.js";
import type { Rubric } from "../../src/scorecard/Scorecard.js";

const exact = (measure: string) => [{ measure, direction: "atLeast" as const, threshold: 1, exact: true }];
const rubric: Rubric = {
  version: "0",
  daysValid: 365,
  categories: [
    {
      id: "data",
      name: "Data",
      weight: 0.6,
      checks: [
        { id: "DQ1", points: 4, what: "rows enough; counted by hand", rule: "r", requires: exact("rows") },
        { id: "DQ2", points: 6, what: "leaks: none", rule: "r", gate: "hard", requires: exact("leaks") },
      ],
    },
    {
      id: "docs",
      name: "Documentation",
      weight: 0.4,
      checks: [
        { id: "DO1", points: 10, what: "a page for everything", rule: "r", gate: "soft", requires: exact("pages") },
      ],
    },
  ],
};

function card(values: Readonly<Record<string, number>>) {
  const exhibits = Object.entries(values).map(([id, value]) => {
    const evidence: Evidence = {
      seed: 1,
      inputs: {},
      source: "src",
      code: "0",
      engine: "typescript",
      labels: "real",
      madeBy: "reproduce",
      ...measurement({ id, meaning: id, value, unit: "1" }),
    };
    return { evidence, file: "01-test", freshness: { matches: true, difference: "", age: null } };
  });
  return assessReadiness(rubric, exhibits, { ...review2025, findings: [] }, seededRandom(1), { hash: String });
}

describe("formatScorecard", () => {
  it("has a block per category, and a line per check with the reason below", () => {
    expect(formatScorecard(card({ rows: 1, leaks: 0 })).split("\n")).toEqual([
      "",
      "Data, weight 60 %: 4.0 of 10 points shown, 4.0 possible",
      "  PASS    DQ1   4.0 of 4.0  rows enough",
      "  FAIL    DQ2   0.0 of 6.0  leaks [hard gate]",
      "                            BELOW_THRESHOLD: leaks = 0, wanted at least 1",
      "",
      "Documentation, weight 40 %: 0.0 of 10 points shown, 10.0 possible",
      "  UNKNOWN DO1   0.0 of 10.0  a page for everything [soft gate]",
      "                            NO_EVIDENCE: pages has not been measured",
      "",
      "Next best measurements, each passing alone (points of 100)",
      "  DQ2  +36.00 earned, +36.00 displayed  leaks: improve what is measured, then measure again: r",
      "  DO1  +40.00 earned, +1.00 displayed  a page for everything: measure pages so that: r",
      "Gates first, as a closed one caps what all others earn: DQ2 (hard: then 60.0 of 100 displayed), " +
        "then DO1 (soft: then 100.0 of 100 displayed)",
      "",
      "1 PASS, 1 FAIL, 1 UNKNOWN; gates not passed: DQ2, DO1",
      "sampling error alone: earned score 24.0 to 24.0 in 90 % of 1000 draws (0 of the rubric's measurements " +
        "have an interval); 0.00 passes by luck expected at most; gates that Holm would close: none",
      "Readiness 24.0 of 100 (shown 24.0, 64.0 if every UNKNOWN came to pass; gates cap it at 25): NOT_READY",
    ]);
  });

  it("shows the capped score where a gate is closed, and no gate where all are open", () => {
    expect(formatScorecard(card({ rows: 1, pages: 1 }))).toMatch(
      new RegExp(
        /gates not passed: DQ2\nsampling .*\n/.source +
          /Readiness 25\.0 of 100 \(shown 64\.0, 100\.0 if .* cap it at 25\): NOT_SHOWN$/.source,
      ),
    );
    expect(formatScorecard(card({ rows: 1, leaks: 1, pages: 1 }))).toMatch(
      new RegExp(
        /\n3 PASS, 0 FAIL, 0 UNKNOWN; gates not passed: none\nsampling .*\n/.source +
          /Readiness 100\.0 of 100 \(.* cap it at 100\): PRODUCTION$/.source,
      ),
    );
  });

  it("says below a check that passes why it earns half", () => {
    const measured = card({ rows: 1, leaks: 1, pages: 1 });
    const noted = {
      ...measured,
      checks: measured.checks.map((check) =>
        check.id === "DO1" ? { ...check, earned: 5, note: "half its points, as it is recorded once, by hand" } : check,
      ),
    };
    expect(formatScorecard(noted)).toContain(
      "  PASS    DO1   5.0 of 10.0  a page for everything [soft gate]\n" +
        "                            half its points, as it is recorded once, by hand\n",
    );
  });

  it("counts the files that this machine recomputed, and names those it shows as recorded", () => {
    const told = (tiers: Readonly<Record<string, "recomputed" | "recorded">>): string | undefined =>
      formatScorecard(card({}), tiers)
        .split("\n")
        .find((line) => line.startsWith("evidence:"));
    expect(told({ "02-b": "recorded", "01-a": "recomputed", "01-c": "recorded" })).toBe(
      "evidence: 1 of 3 files recomputed on this machine, recorded: 01-c, 02-b",
    );
    expect(told({ "01-a": "recomputed" })).toBe("evidence: 1 of 1 files recomputed on this machine");
    expect(told({})).toBeUndefined();
  });
});
