import { beforeAll, describe, expect, it } from "vitest";
import { makeTable, numbersOf, type Table } from "../../src/core/Table.js";
import { encode } from "../../src/features/encode.js";
import { fitEncoder } from "../../src/features/fitEncoder.js";
import { nominalColumns } from "../../src/features/nominalColumns.js";
import { recipeFeatures } from "../../src/features/recipeFeatures.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import linear from "../golden/e_linear.json" with { type: "json" };

let table: Table;
const rows = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 3000, seed: 11 }));
});

/** A table with some columns replaced. */
function changed(columns: Record<string, Table["columns"][string]>): Table {
  return makeTable(table.schema, { ...table.columns, ...columns });
}

function plainTable(columns: Record<string, readonly number[]>): Table {
  return makeTable(
    Object.fromEntries(
      Object.keys(columns).map((name) => [name, { kind: "number" as const, unit: "1", meaning: name }]),
    ),
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
  );
}

describe("fitEncoder", () => {
  it("standardises as scikit-learn's StandardScaler does", () => {
    const X = linear.cases.ols.input.X;
    const names = ["a", "b", "c", "d"];
    const small = plainTable(Object.fromEntries(names.map((name, column) => [name, X.map((row) => row[column])])));
    const encoder = fitEncoder(small, rows(0, X.length), { features: [], categories: [], columns: names });
    const expected = linear.cases.standard_scaler.expected;
    encoder.columns.forEach((column, i) => {
      if (column.kind !== "number") throw new Error("a number was expected");
      expect(Math.abs(column.mean - expected.mean[i])).toBeLessThan(1e-12);
      expect(Math.abs(column.scale - expected.scale[i])).toBeLessThan(1e-12);
    });
  });

  it("learns from training rows alone: other rows may hold anything", () => {
    const encoder = fitEncoder(table, rows(0, 2000));
    const temperature = Float64Array.from(numbersOf(table, "temperatureCelsius"));
    temperature.fill(1e6, 2000);
    expect(fitEncoder(changed({ temperatureCelsius: temperature }), rows(0, 2000))).toEqual(encoder);
    const { values, columns } = encode(encoder, table, rows(0, 2000));
    encoder.columns.forEach((column, place) => {
      if (column.kind !== "number") return;
      let [sum, squares] = [0, 0];
      for (let row = 0; row < 2000; row++)
        [sum, squares] = [sum + values[row * columns + place], squares + values[row * columns + place] ** 2];
      expect(Math.abs(sum / 2000)).toBeLessThan(1e-5);
      expect(Math.abs(squares / 2000 - 1)).toBeLessThan(1e-4);
    });
  });

  it("does not depend on the order of rows", () => {
    const forward = fitEncoder(table, rows(0, 1000));
    const backward = fitEncoder(table, rows(0, 1000).reverse());
    expect(backward.columns.map(({ name }) => name)).toEqual(forward.columns.map(({ name }) => name));
    backward.columns.forEach((column, i) => {
      const other = forward.columns[i];
      if (column.kind === "number" && other.kind === "number") expect(column.mean).toBeCloseTo(other.mean, 9);
    });
  });

  it("refuses what only the simulator knows, unless it is named", () => {
    expect(() => fitEncoder(table, rows(0, 10), { columns: ["trueLeadMolar"] })).toThrow(
      "column trueLeadMolar is known to the simulator alone, so no feature may hold it",
    );
    expect(() => fitEncoder(table, rows(0, 10), { categories: ["truePhase"] })).toThrow(
      "column truePhase is known to the simulator alone",
    );
    expect(
      fitEncoder(table, rows(0, 10), { columns: ["trueLeadMolar"], latent: ["trueLeadMolar"] }).columns.map(
        ({ name }) => name,
      ),
    ).toContain("trueLeadMolar");
    const needed = recipeFeatures.flatMap(({ needs, reads = [] }) => [...needs, ...reads]);
    expect(needed.filter((name) => table.schema[name].latent)).toEqual([]);
    expect(
      needed.filter((name) =>
        ["phase", "sizeNanometre", "quantumYield", "leadYield", "photoluminescencePeakNanometre"].includes(name),
      ),
    ).toEqual([]);
  });

  it("gives each level of a category a column, and lists them for SMOTE-NC", () => {
    const encoder = fitEncoder(table, rows(0, 3000));
    const matrix = encode(encoder, table);
    const lists = nominalColumns(encoder);
    expect(lists).toHaveLength(4);
    for (const list of lists)
      for (let row = 0; row < matrix.rows; row++)
        expect(list.reduce((sum, place) => sum + matrix.values[row * matrix.columns + place], 0)).toBe(1);
  });

  it("keeps a constant column at 0 instead of dividing by 0", () => {
    const small = plainTable({ a: [3.3, 3.3, 3.3], b: [1, 2, 3] });
    const { values } = encode(
      fitEncoder(small, rows(0, 3), { features: [], categories: [], columns: ["a", "b"] }),
      small,
    );
    expect([values[0], values[2], values[4]].every((value) => Math.abs(value) < 1e-12)).toBe(true);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => fitEncoder(table, rows(0, 0))).toThrow("at least one training row is needed");
    expect(() => fitEncoder(table, rows(0, 5), { features: ["x"] })).toThrow(
      'no recipe feature "x"; there are temperatureCelsius',
    );
    expect(() => fitEncoder(table, rows(0, 5), { columns: ["x"] })).toThrow('no column "x"');
    expect(() => fitEncoder(table, rows(0, 5), { categories: ["leadMolar"] })).toThrow(
      "column leadMolar holds numbers",
    );
    expect(() => fitEncoder(table, rows(0, 5), { features: [], categories: [] })).toThrow(
      "at least one feature, column or category",
    );
    expect(() => fitEncoder(table, Uint32Array.of(5000))).toThrow("rows must be below 3000; got 5000");
  });
});
