import { describe, expect, it } from "vitest";
import type { Validation } from "../../../src/io/predictions/validationLedger.js";
import { demonstratedValidation } from "../../../src/problems/registered/demonstratedValidation.js";
import { validationMeasurements } from "../../../src/problems/registered/validationMeasurements.js";

const validation = (known: Partial<Validation>): Validation => ({
  outcomesSha256: "a".repeat(64),
  register: "plates",
  kind: "platelets",
  firstSeen: "2026-12-01T08:00:00.000Z",
  at: "2026-12-01T08:00:00.000Z",
  standing: "withheld",
  reason: null,
  ledger: { lines: 1, head: "b".repeat(64) },
  anchor: null,
  rows: ["sample 1", "sample 2"],
  judgedSha256: "c".repeat(64),
  scores: {},
  promises: [],
  verdict: "unknown",
  ...known,
});

describe("validationMeasurements", () => {
  it("count an experiment once, withheld apart from late, and say that withheld is not prospective", () => {
    const found = validationMeasurements([
      validation({}),
      validation({ register: "twin", verdict: "broken" }),
      validation({ rows: ["sample 3"] }),
      validation({ standing: "late", verdict: "late", rows: ["sample 4"] }),
    ]);
    expect(found.map(({ id, value, n }) => [id, value, n])).toEqual([
      ["VR7.withheld", 3, 4],
      ["VR7.late", 1, 4],
      ["continuous.brokenRegisters", 1, 2],
    ]);
    expect(found[0].meaning).toMatch(/withheld and not prospective: VR7\.experiments counts none/);
  });

  it("are unknown with their reason as long as no outcome has come", () => {
    for (const one of validationMeasurements([]))
      expect(one).toMatchObject({ value: null, reason: "no outcome has come: `twin validate --new` has scored none" });
  });
});

describe("demonstratedValidation", () => {
  it("scores the committed demonstration the same way each time, and tells no day", async () => {
    const first = await demonstratedValidation();
    expect(first.result).toMatchObject({ register: "demonstration", experiments: 60 });
    expect(first.measurements).toMatchObject([{ id: "continuous.demonstration", value: 60 }]);
    expect(JSON.stringify(first)).not.toMatch(/20\d\d-\d\d-\d\d/);
    expect(await demonstratedValidation()).toEqual(first);
  });
});
