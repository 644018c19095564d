import { describe, expect, it } from "vitest";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import { realTargetTable } from "../../../src/workspace/site/realTargetTable.js";
import type { SiteEvidence } from "../../../src/workspace/site/SiteEvidence.js";

const file: EvidenceFile = {
  ...{ id: "07-validation-targets", seed: null, inputs: {}, source: "src", code: "c", engine: "typescript" },
  ...{ labels: "real", madeBy: "reproduce", measurements: [] },
  result: {
    table: {
      caption: "asked",
      columns: [{ name: "asked" }, { name: "measured" }, { name: "verdict" }],
      rows: [
        ["R² > 0.85 <b>", 0.9, "MET"],
        ["over 90 %", null, "UNKNOWN"],
      ],
    },
  },
};
const entry: SiteEvidence = { file, tier: "recomputed", date: null, age: null, difference: "", cell: null };

describe("realTargetTable", () => {
  it("shows each target of notebook 07 with its verdict, a dash where nothing was measured, and texts as such", () => {
    const html = realTargetTable(new Map([[file.id, entry]]));
    expect(html).toContain("R² &gt; 0.85 &lt;b&gt;");
    expect(html.match(/role="row"/g)).toHaveLength(3);
    expect(html).toContain('data-name="measured"><div>–</div>');
    expect(html).toContain('href="evidence-07-validation-targets.html"');
  });

  it("is not there where notebook 07 has not run", () => {
    expect(realTargetTable(new Map())).toBe("");
  });
});
