import { describe, expect, it } from "vitest";
import { scoreHtml } from "../../../src/workspace/site/scoreHtml.js";
import { scorecardPage } from "../../../src/workspace/site/scorecardPage.js";
import { evidenceFile, sampleScorecard, siteEvidence } from "./siteFixture.js";

describe("scorecardPage", () => {
  const scorecard = sampleScorecard();
  const html = scorecardPage(scorecard, {
    evidence: new Map([
      ["01-experiments-quality", { ...siteEvidence(evidenceFile("01-experiments-quality")), tier: "recomputed" }],
    ]),
    compared: null,
  });
  const row = (id: string): string => new RegExp(`<tr role="row" id="${id}">[\\s\\S]*?</tr>`).exec(html)![0];

  it("has a row for every check with its points, status, rule and what would change it", () => {
    expect(scorecard.checks).toHaveLength(44);
    for (const { id, points, status } of scorecard.checks) {
      expect(row(id)).toContain(` of ${points}</div>`);
      expect(row(id)).toContain(`</svg>${status}</span>`);
    }
    expect(row("DQ2")).toContain("hard gate");
    expect(row("DQ2")).toMatch(/NO_EVIDENCE<\/span> DQ2\.leaks has not been measured/);
  });

  it("tells the three states apart by shape, not colour alone", () => {
    const shape = (id: string): string => /<svg[^>]*>([\s\S]*?)<\/svg>/.exec(row(id))![1];
    expect(new Set([shape("DQ1"), shape("MP1"), shape("MP2")]).size).toBe(3);
  });

  it("links evidence with its tier and says where a named file is missing", () => {
    expect(row("DQ1")).toMatch(/<a href="evidence-01-experiments-quality\.html">.*recomputed/);
    expect(row("MP1")).toContain("03-nowhere <span");
    expect(row("MP1")).not.toContain("<img");
  });
});

describe("scorecardPage beyond the checks", () => {
  const scorecard = sampleScorecard();
  const html = scorecardPage(scorecard, { evidence: new Map(), compared: null });
  const section = (id: string): string =>
    new RegExp(`<section aria-labelledby="${id}">[\\s\\S]*?</section>`).exec(html)![0];

  it("lists what to measure next, best first, each linked to its check, and the way through the gates", () => {
    expect(section("next").match(/<tr role="row"><th role="rowheader"/g)).toHaveLength(44);
    expect(section("next")).toMatch(/<tbody[\s\S]*?<a href="#DQ6">DQ6<\/a>[\s\S]*?\+5/);
    expect(section("next")).toContain("Gates first, as a closed one caps what all others earn: DQ2");
  });

  it("keeps luck and ignorance apart", () => {
    const text = section("luck");
    expect(text).toContain(
      "between 0 and 0 in 90 % of 1000 draws, in which each measurement of the rubric that has an interval (0 of them)",
    );
    expect(text).toContain("The two ranges are not added.");
    expect(text).toContain("5 gates rest on sampling (MP1: adjusted p 1");
  });

  it("explains the two scores of the review, and leads to its findings", () => {
    const text = section("review");
    expect(text).toContain("gave 40.5 of 100 in its table and 25 in its headline");
    expect(text).toContain("weighted mean is 40.5, and a hard gate that is not passed caps it at 25.");
    expect(text).toContain('<a href="index.html#targets">');
  });

  it("shows the rubric's hash", () => {
    expect(html).toContain(`SHA-256 <code>${scorecard.rubric.sha256}</code>`);
  });

  it("shows what turned since an earlier scorecard where one is known", () => {
    const { low, high, cap, displayed, verdict } = scorecard;
    const summary = { low, high, cap, displayed, verdict };
    const page = scorecardPage(scorecard, {
      evidence: new Map(),
      compared: { name: "HEAD~1", comparison: { before: summary, after: summary, changed: [], sameRubric: true } },
    });
    expect(page).toMatch(/<h2 id="turned">What changed<\/h2>\n<p>Against HEAD~1/);
    expect(html).not.toContain('id="turned"');
  });

  it("says that all is done where nothing is left", () => {
    expect(
      scorecardPage({ ...scorecard, next: { gains: [], gates: [] } }, { evidence: new Map(), compared: null }),
    ).toContain("Every check passes and every gate is open.");
  });
});

describe("scoreHtml", () => {
  it("draws earned and still possible as shares of the bar, and the cap where a gate is closed", () => {
    const html = scoreHtml({ ...sampleScorecard(), low: 40, high: 80, cap: 25, displayed: 25 });
    expect(html).toContain('class="possible" style="left:25%;width:55%"');
    expect(html).toContain('class="earned" style="width:25%"');
    expect(html).toContain('class="cap" style="left:25%"');
    expect(html).toContain("Evidence has earned 40, but a closed gate allows no more than 25.");
  });

  it("says nothing of a cap where every gate is open", () => {
    expect(
      scoreHtml({ ...sampleScorecard(), low: 90, high: 95, cap: 100, displayed: 90, verdict: "PRODUCTION" }),
    ).not.toMatch(/class="cap"|key cap|closed gate|exceed/);
  });
});
