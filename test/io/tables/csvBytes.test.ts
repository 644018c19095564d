import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable } from "../../../src/core/Table.js";
import { csvBytes } from "../../../src/io/tables/csvBytes.js";

const schema = {
  value: { kind: "number", unit: "1", meaning: "" },
  word: { kind: "category", unit: "", meaning: "" },
} as const;

describe("csvBytes", () => {
  it("writes singles as the doubles that they are, -0 with its sign, and nothing for a missing value", async () => {
    const table = makeTable(schema, {
      value: Float32Array.of(0.1, -0, NaN),
      word: categoryColumn(["a", 'b "c"', ""]),
    });
    const text = Buffer.from(await csvBytes(table, { where: "t.csv" })).toString();
    expect(text).toBe('value,word\n0.10000000149011612,a\n-0,"b ""c"""\n,\n');
    const bare = Buffer.from(await csvBytes(table, { where: "t.csv", header: false })).toString();
    expect(bare).toBe(text.slice("value,word\n".length));
  });

  it("refuses an infinite number by its row and column", async () => {
    const table = makeTable(schema, { value: Float64Array.of(1, Infinity), word: categoryColumn(["a", "b"]) });
    await expect(csvBytes(table, { where: "t.csv" })).rejects.toThrow(/t\.csv: row 2, column value must be finite/);
  });
});
