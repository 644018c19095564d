import { describe, expect, it } from "vitest";
import type { Schema } from "../../src/core/Schema.js";
import { numbersOf, textsOf } from "../../src/core/Table.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";

const schema: Schema = {
  x: { kind: "number", unit: "1", meaning: "" },
  phase: { kind: "category", unit: "", meaning: "", levels: ["a", "b"] },
};

describe("tableFromRows", () => {
  it("takes what is left out for missing and keeps the codes of the field's levels", () => {
    const table = tableFromRows(schema, [{ x: 1, phase: "b" }, {}, { x: undefined, phase: "c" }]);
    expect(Array.from(numbersOf(table, "x"))).toEqual([1, Number.NaN, Number.NaN]);
    expect(textsOf(table, "phase")).toEqual(["b", "", "c"]);
    expect(table.columns.phase).toMatchObject({ codes: Uint8Array.of(1, 2, 3) });
  });

  it("refuses a name the schema does not know and a value of the other kind", () => {
    expect(() => tableFromRows(schema, [{ y: 1 }])).toThrow('no column "y"');
    expect(() => tableFromRows(schema, [{ x: "1" }])).toThrow("row 0, column x must hold a number; got string");
  });
});
