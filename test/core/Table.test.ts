import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../src/core/Schema.js";
import { categoryColumn, codesOf, makeTable, numbersOf, rowsWhere, selectRows, textsOf } from "../../src/core/Table.js";

const schema: Schema = {
  sizeNanometre: { kind: "number", unit: "nm", meaning: "edge" },
  phase: { kind: "category", unit: "", meaning: "phase" },
};

function tableOf(sizes: readonly number[], phases: readonly string[]) {
  return makeTable(schema, { sizeNanometre: Float64Array.from(sizes), phase: categoryColumn(phases) });
}

const rows = fc.array(fc.tuple(fc.double(), fc.string()), { minLength: 1, maxLength: 30 });

describe("makeTable", () => {
  it("is frozen and keeps the schema's column order", () => {
    const table = makeTable(schema, { phase: categoryColumn(["a"]), sizeNanometre: Float64Array.of(1) });
    expect(Object.keys(table.columns)).toEqual(["sizeNanometre", "phase"]);
    expect(() => ((table as { numRows: number }).numRows = 5)).toThrow(TypeError);
    expect(() => ((table.columns as Record<string, unknown>).other = 1)).toThrow(TypeError);
  });

  it("names missing and unknown columns", () => {
    expect(() => makeTable(schema, { sizeNanometre: Float64Array.of(1), colour: Float64Array.of(1) })).toThrow(
      "missing [phase], unknown [colour]",
    );
  });

  it("refuses a column of the other kind, of another length, or with a code without a level", () => {
    const phase = categoryColumn(["a"]);
    expect(() => makeTable(schema, { sizeNanometre: phase, phase })).toThrow(
      /column sizeNanometre must be a number column/,
    );
    expect(() => makeTable(schema, { sizeNanometre: Float64Array.of(1, 2), phase })).toThrow(/phase has 1/);
    expect(() =>
      makeTable(schema, { sizeNanometre: Float64Array.of(1), phase: { codes: Uint8Array.of(3), levels: ["a"] } }),
    ).toThrow(/code 3 must be below its 1 levels/);
  });
});

describe("categoryColumn", () => {
  it("gives back its texts, with the narrowest codes", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 50 }), (texts) => {
        const { codes, levels } = categoryColumn(texts);
        expect(Array.from(codes, (code) => levels[code])).toEqual(texts);
      }),
    );
    expect(categoryColumn(Array.from({ length: 256 }, (_, i) => String(i))).codes).toBeInstanceOf(Uint8Array);
    expect(categoryColumn(Array.from({ length: 257 }, (_, i) => String(i))).codes).toBeInstanceOf(Uint16Array);
  });

  it("names the row that holds none of the given levels", () => {
    expect(() => categoryColumn(["a", "c"], ["a", "b"])).toThrow('row 1 must hold one of [a, b]; got "c"');
  });
});

describe("numbersOf, codesOf and textsOf", () => {
  it("refuse a column that is not there, inherited names included, and one of the other kind", () => {
    const table = tableOf([1], ["a"]);
    expect(() => numbersOf(table, "toString")).toThrow('no column "toString"; the table has sizeNanometre, phase');
    expect(() => numbersOf(table, "phase")).toThrow("read it with textsOf");
    expect(() => textsOf(table, "sizeNanometre")).toThrow("read it with numbersOf");
    expect(() => codesOf(table, "sizeNanometre")).toThrow("read it with numbersOf");
    expect(codesOf(table, "phase")).toBe(table.columns.phase);
  });
});

describe("selectRows", () => {
  it("picks rows in the given order, repeats included, and leaves the table alone", () => {
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.array(fc.nat(all.length - 1)))),
        ([all, picked]) => {
          const table = tableOf(
            all.map(([size]) => size),
            all.map(([, phase]) => phase),
          );
          const before = Float64Array.from(numbersOf(table, "sizeNanometre"));
          const selected = selectRows(table, Uint32Array.from(picked));
          expect(Array.from(numbersOf(selected, "sizeNanometre"))).toEqual(picked.map((row) => all[row][0]));
          expect(textsOf(selected, "phase")).toEqual(picked.map((row) => all[row][1]));
          expect(numbersOf(table, "sizeNanometre")).toEqual(before);
        },
      ),
    );
  });

  it("refuses an index outside the table", () => {
    expect(() => selectRows(tableOf([1], ["a"]), Uint32Array.of(1))).toThrow("must be below 1; got 1");
  });
});

describe("rowsWhere", () => {
  it("and its opposite share out all rows", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const table = tableOf(
          all.map(([size]) => size),
          all.map(([, phase]) => phase),
        );
        const large = rowsWhere(table, (row) => numbersOf(table, "sizeNanometre")[row] > 0);
        const rest = rowsWhere(table, (row) => !(numbersOf(table, "sizeNanometre")[row] > 0));
        expect([...large, ...rest].sort((a, b) => a - b)).toEqual(all.map((_, row) => row));
      }),
    );
  });
});
