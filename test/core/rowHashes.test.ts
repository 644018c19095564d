import { describe, expect, it } from "vitest";
import { rowHashes } from "../../src/core/rowHashes.js";
import { categoryColumn, makeTable, type Table } from "../../src/core/Table.js";

const schema = {
  size: { kind: "number", unit: "nm", meaning: "" },
  phase: { kind: "category", unit: "", meaning: "" },
} as const;
const table = (sizes: readonly number[], phases: readonly string[], levels?: readonly string[]): Table =>
  makeTable(schema, { size: Float64Array.from(sizes), phase: categoryColumn(phases, levels) });

describe("rowHashes", () => {
  it("are equal where rows are, whatever the codes of their texts, the sign of zero or the NaN", () => {
    const one = rowHashes(table([0, NaN, 8.5], ["a", "b", "a"]));
    const other = rowHashes(table([8.5, -0, NaN], ["a", "a", "b"], ["c", "b", "a"]));
    expect(Array.from(other)).toEqual([one[2], one[0], one[1]]);
  });

  it("differ where a number or a text does", () => {
    const hashes = rowHashes(table([1, 1, 2, 2], ["a", "b", "a", ""]));
    expect(new Set(hashes).size).toBe(4);
  });

  it("of single precision do not see what a .csv of float32 loses", () => {
    const stored = table([Math.fround(157.35922)], ["a"]);
    const read = table([157.35922], ["a"]);
    expect(rowHashes(stored, { isSingle: true })).toEqual(rowHashes(read, { isSingle: true }));
    expect(rowHashes(stored)).not.toEqual(rowHashes(read));
  });
});
