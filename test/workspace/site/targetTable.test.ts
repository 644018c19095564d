import { describe, expect, it } from "vitest";
import type { AnsweredFinding } from "../../../src/scorecard/compareWithReview.js";
import { targetTable } from "../../../src/workspace/site/targetTable.js";
import { evidenceFile, hostile, siteEvidence } from "./siteFixture.js";

const finding: AnsweredFinding = {
  said: "no calibration",
  wanted: "calibrated",
  check: "MP5",
  measure: "MP5.error",
  ours: "0.4 % [0 %, 0.8 %] (n = 9), on the twin's labels",
  status: "PASS",
  met: "yes",
  evidence: "06-calibration",
};
const entry = {
  ...siteEvidence({ ...evidenceFile("06-calibration"), labels: "simulated" }),
  cell: { page: "06-calibration", cell: "abc", number: 6 },
};
const evidence = new Map([["06-calibration", entry]]);

describe("targetTable", () => {
  it("links a number to its row of evidence and to the cell that made it, and says whose labels it rests on", () => {
    const html = targetTable([finding], evidence);
    expect(html).toContain(
      '<a href="evidence-06-calibration.html#MP5.error"><strong>0.4 % [0 %, 0.8 %] (n = 9)</strong></a>',
    );
    expect(html).toContain('<a href="06-calibration.html#cell-abc">06-calibration, cell 6</a>');
    expect(html).toContain("<div>the twin's labels</div>");
    expect(html).toMatch(/<a href="scorecard\.html#MP5">MP5<\/a>.*PASS/);
  });

  it("says whether the wish was met, which the status of the check does not", () => {
    expect(targetTable([{ ...finding, met: "no" }], evidence)).toContain("<strong>no</strong>");
    expect(targetTable([{ ...finding, met: "measured otherwise" }], evidence)).toContain("measured otherwise</div>");
  });

  it("says what was not measured, without a link", () => {
    const html = targetTable(
      [
        {
          ...finding,
          said: hostile,
          ours: "UNKNOWN (not measured)",
          status: "UNKNOWN",
          met: "not measured",
          evidence: null,
        },
      ],
      evidence,
    );
    expect(html).toContain("UNKNOWN (not measured)");
    expect(html).not.toMatch(/href="evidence|<img/);
  });
});
