import { describe, expect, it } from "vitest";
import { measurement, type EvidenceFile, type Measurement } from "../../../src/core/Evidence.js";
import { takeaway } from "../../../src/workspace/cells/takeaway.js";

function file(id: string, ...measurements: readonly Measurement[]): EvidenceFile {
  return {
    id,
    seed: 1,
    inputs: {},
    source: "src",
    code: "0",
    engine: "typescript",
    labels: "real",
    madeBy: "reproduce",
    measurements,
    result: null,
  };
}

const share = measurement({
  id: "phases.rule",
  meaning: "right",
  value: 14 / 87,
  unit: "share",
  interval: { low: 0.0337, high: 0.3896, level: 0.95, method: "bootstrap" },
  n: 87,
});
const batches = measurement({
  id: "DQ6.batches",
  meaning: "batches",
  value: null,
  unit: "batches",
  reason: "nobody wrote them down",
});
const phases = file("01-phases", share);
const tables = file("01-tables", batches);

describe("takeaway", () => {
  it("puts value, interval and n in the place of the name, and links each file", () => {
    expect(takeaway("The rule is right for {phases.rule} of recipes.", phases, tables).markdown).toBe(
      "**Takeaway.** The rule is right for **16.1 % [3.37 %, 39 %] (n = 87)** of recipes. " +
        "*Evidence: [01-phases](../data/evidence/01-phases.json), [01-tables](../data/evidence/01-tables.json).*",
    );
  });

  it("says UNKNOWN with the reason for what was not measured", () => {
    expect(takeaway("Batches: {DQ6.batches}.", tables).markdown).toContain(
      "Batches: **UNKNOWN (nobody wrote them down)**.",
    );
  });

  it("takes several names, one more than once, from several files, and joins the lines of the sentence", () => {
    const { markdown } = takeaway(
      `
      {phases.rule},
      {DQ6.batches} and {phases.rule} `,
      phases,
      tables,
    );
    expect(markdown).toMatch(
      /^\*\*Takeaway\.\*\* \*\*16\.1 %.*\*\*, \*\*UNKNOWN.*\*\* and \*\*16\.1 %.*\(n = 87\)\*\* \*Evidence: /,
    );
    expect(markdown).not.toContain("\n");
  });

  it("refuses a name that no given file has measured, and tells which there are", () => {
    expect(() => takeaway("Right: {phases.rule}, {phases.constant}", phases)).toThrow(
      "takeaway: {phases.constant} must be measured in 01-phases; known are phases.rule",
    );
    expect(() => takeaway("Batches: {DQ6.batches}", phases)).toThrow(RangeError);
  });

  it("refuses a sentence without a measured number", () => {
    expect(() => takeaway("The rule is right for 16 % of recipes.", phases)).toThrow(
      "a takeaway must carry a number, written {measurement.id}; known are phases.rule",
    );
    expect(() => takeaway("An empty {} is no name.", phases)).toThrow(RangeError);
  });
});
