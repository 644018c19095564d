import { describe, expect, it } from "vitest";
import { provenanceFields } from "../../src/chemistry/recipeSchema.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { realTable } from "../../src/experiments/manifest.js";
import { tracedRows } from "../../src/experiments/tracedRows.js";

const origin = realTable("recipes");
const good = (sourceRow: number): Record<string, string | number> => ({
  source: origin.id,
  licence: origin.licence,
  sourceSha256: origin.sha256,
  sourceRow,
});
const traced = (...rows: Record<string, string | number>[]): number =>
  tracedRows(tableFromRows(provenanceFields, rows), origin);

describe("tracedRows", () => {
  it("counts rows that lead back to a row of their own in the file", () => {
    expect(traced(good(1), good(2), good(origin.rows))).toBe(3);
  });

  it.each([
    ["another source", { source: "nanoplatelets" }],
    ["no licence", { licence: "" }],
    [
      "a hash that is one digit off",
      { sourceSha256: origin.sha256.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")) },
    ],
    ["no row", { sourceRow: NaN }],
    ["a row behind the last", { sourceRow: origin.rows + 1 }],
    ["half a row", { sourceRow: 2.5 }],
  ])("leaves out a row with %s (planted)", (_, fault) => {
    expect(traced(good(1), { ...good(2), ...fault })).toBe(1);
  });

  it("leaves out both rows that claim the same origin (planted)", () => {
    expect(traced(good(1), good(2), good(2))).toBe(1);
  });
});
