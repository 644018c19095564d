import { describe, expect, it } from "vitest";
import { measurement } from "../../../src/core/Evidence.js";
import { evidencePage } from "../../../src/workspace/site/evidencePage.js";
import { evidenceTable } from "../../../src/workspace/site/evidenceTable.js";
import { evidenceFile, hostile, sampleScorecard, siteEvidence } from "./siteFixture.js";

const file = {
  ...evidenceFile("01-experiments-quality"),
  inputs: { "data/a.csv": "ab".repeat(32) },
  measurements: [
    measurement({
      id: "DQ1.rate",
      meaning: `rate ${hostile}`,
      value: 0.25,
      unit: "share",
      n: 8,
      baseline: 0.5,
      interval: { low: 0.1, high: 0.4, level: 0.95, method: "Wilson" },
    }),
    measurement({ id: "DQ1.none", meaning: "m", value: null, unit: "1", reason: "nobody looked" }),
  ],
};

describe("evidencePage", () => {
  const html = evidencePage(siteEvidence(file), sampleScorecard());

  it("has an anchored row for every number with its interval, its cases and the constant answer", () => {
    const row = /<tr role="row" id="DQ1\.rate">[\s\S]*?<\/tr>/.exec(html)?.[0];
    expect(row).toMatch(/25 % \[10 %, 40 %\] \(n = 8\)[\s\S]*?50 %[\s\S]*?95 %, Wilson/);
    expect(html).toMatch(/id="DQ1\.none">[\s\S]*?UNKNOWN \(nobody looked\)/);
    expect(html).not.toContain("<img");
  });

  it("says where they come from and which checks rest on them", () => {
    expect(html).toContain('<a href="evidence/01-experiments-quality.json">');
    expect(html).toContain(`<code>data/a.csv</code> <code title="${"ab".repeat(32)}">abababababab</code>`);
    expect(html).toContain("sources and inputs are those it was made from");
    expect(html).toMatch(/<a href="scorecard\.html#DQ1">DQ1<\/a>[\s\S]*PASS/);
  });

  it("says what changed since it was made", () => {
    expect(evidencePage({ ...siteEvidence(file), difference: "src/a.ts changed" }, sampleScorecard())).toMatch(
      /outdated<\/strong>: src\/a\.ts changed/,
    );
  });
});

describe("evidenceTable", () => {
  it("shows the day, the age at the as-of date and the tier", () => {
    const html = evidenceTable(
      [
        { ...siteEvidence(file), date: "2026-11-01", age: 30 },
        { ...siteEvidence(file), age: Infinity },
      ],
      { asOf: "2026-12-01" },
    );
    expect(html).toMatch(/2026-11-01[\s\S]*30 d[\s\S]*not in the ledger[\s\S]*unknown/);
    expect(html).toContain("Age in days at 2026-12-01");
    expect(html).toContain(">recorded<");
  });

  it("has no column for an age that is not judged", () => {
    expect(evidenceTable([siteEvidence(file)], { asOf: null })).not.toContain(">Age<");
  });
});
