import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable, numbersOf, textsOf } from "../../src/core/Table.js";
import { withoutColumns } from "../../src/features/withoutColumns.js";

const schema = {
  time: { kind: "number", unit: "s", meaning: "time" },
  route: { kind: "category", unit: "", meaning: "route" },
  lead: { kind: "number", unit: "mol/L", meaning: "lead" },
} as const;
const table = makeTable(schema, {
  time: Float64Array.of(1, 2),
  route: categoryColumn(["LARP", "hot injection"]),
  lead: Float32Array.of(0.5, 0.25),
});

describe("withoutColumns", () => {
  it("empties the columns that are named, passes over others, and leaves the rest and the original as they are", () => {
    const left = withoutColumns(table, ["time", "route", "antisolvent"]);
    expect(Array.from(numbersOf(left, "time"))).toEqual([NaN, NaN]);
    expect(textsOf(left, "route")).toEqual(["", ""]);
    expect(left.columns.lead).toBe(table.columns.lead);
    expect(left.schema).toBe(table.schema);
    expect(Array.from(numbersOf(table, "time"))).toEqual([1, 2]);
  });
});
