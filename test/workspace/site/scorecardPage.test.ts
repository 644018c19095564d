import { describe, expect, it } from "vitest";
import { scoreHtml } from "../../../src/workspace/site/scoreHtml.js";
import { scorecardPage } from "../../../src/workspace/site/scorecardPage.js";
import { sampleScorecard } from "./siteFixture.js";

describe("scorecardPage", () => {
  const scorecard = sampleScorecard();
  const html = scorecardPage(scorecard, new Map([["01-experiments-quality", { id: "01-experiments-quality", measurements: 1, tier: "recomputed" }]]));
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
    expect(row("DQ1")).toMatch(/<a href="evidence\/01-experiments-quality\.json">.*recomputed/);
    expect(row("MP1")).toContain("03-nowhere <span");
    expect(row("MP1")).not.toContain("<img");
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
    expect(scoreHtml({ ...sampleScorecard(), low: 90, high: 95, cap: 100, displayed: 90, verdict: "PRODUCTION" })).not.toMatch(/class="cap"|key cap|closed gate|exceed/);
  });
});
