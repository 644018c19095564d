import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duplicateRows } from "../../src/core/duplicateRows.js";
import type { Schema } from "../../src/core/Schema.js";
import { categoryColumn, makeTable } from "../../src/core/Table.js";

const schema: Schema = {
  x: { kind: "number", unit: "1", meaning: "" },
  text: { kind: "category", unit: "", meaning: "" },
};

function tableOf(rows: readonly (readonly [number, string])[]) {
  return makeTable(schema, {
    x: Float64Array.from(rows, ([x]) => x),
    text: categoryColumn(rows.map(([, text]) => text)),
  });
}

describe("duplicateRows", () => {
  it("finds the groups that comparing every pair finds", () => {
    const row = fc.tuple(fc.constantFrom(0, -0, 1, Number.NaN, 1e-300), fc.constantFrom("", "a", "b"));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const keys = rows.map(([x, text]) => `${x + 0} ${text}`);
        const groups = [...new Set(keys)]
          .map((key) => keys.flatMap((one, i) => (one === key ? [i] : [])))
          .filter((group) => group.length > 1);
        expect(duplicateRows(tableOf(rows))).toEqual(groups);
      }),
    );
  });

  it("compares only the columns asked for, and a level listed twice as one", () => {
    const table = makeTable(schema, {
      x: Float64Array.of(1, 2),
      text: { codes: Uint8Array.of(0, 1), levels: ["a", "a"] },
    });
    expect(duplicateRows(table)).toEqual([]);
    expect(duplicateRows(table, { names: ["text"] })).toEqual([[0, 1]]);
  });

  it("finds one planted pair among 100,000 different rows", () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => i);
    x[70_000] = x[12];
    expect(duplicateRows(makeTable({ x: schema.x }, { x }))).toEqual([[12, 70_000]]);
  });
});
