import { beforeAll, describe, expect, it } from "vitest";
import { physics } from "../../src/chemistry/physicsParameters.js";
import { makeTable, numbersOf, textsOf, type Table } from "../../src/core/Table.js";
import { encode } from "../../src/features/encode.js";
import { parseEncoder } from "../../src/features/Encoder.js";
import { fitEncoder } from "../../src/features/fitEncoder.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

let table: Table;
const rows = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 3000, seed: 11 }));
});

/** A table with some columns replaced. */
function changed(columns: Record<string, Table["columns"][string]>): Table {
  return makeTable(table.schema, { ...table.columns, ...columns });
}

describe("encode", () => {
  it("refuses a category that training rows did not have, or leaves its columns 0", () => {
    const hot = rows(0, 3000).filter((row) => textsOf(table, "route")[row] === "hot injection");
    const other = rows(0, 3000).find((row) => textsOf(table, "route")[row] === "LARP")!;
    expect(() => encode(fitEncoder(table, hot), table, Uint32Array.of(other))).toThrow(
      `row ${other}, column route: must be one of [hot injection], which training rows had; ` +
        `got "LARP"; train on such rows`,
    );
    const lenient = fitEncoder(table, hot, { unseen: "ignore" });
    const { values } = encode(lenient, table, Uint32Array.of(other));
    expect(
      lenient.columns.flatMap((column, place) =>
        column.kind === "category" && column.column === "route" ? [values[place]] : [],
      ),
    ).toEqual([0]);
  });

  it("refuses a missing number, or replaces it by the training median and says so in a column of its own", () => {
    const lead = Float64Array.from(numbersOf(table, "waterFraction"));
    lead[4] = NaN;
    const holed = changed({ waterFraction: lead });
    expect(() => fitEncoder(holed, rows(0, 10))).toThrow(
      "row 4, column waterFraction: must be a number that lnWater can be computed from; " +
        "got nothing; complete or drop the row",
    );
    const encoder = fitEncoder(holed, rows(0, 10), { missing: "median" });
    const matrix = encode(encoder, holed, rows(0, 10));
    const [place, flag] = [matrix.names.indexOf("lnWater"), matrix.names.indexOf("lnWater is missing")];
    expect(Array.from(rows(0, 10), (row) => matrix.values[row * matrix.columns + flag])).toEqual([
      0, 0, 0, 0, 1, 0, 0, 0, 0, 0,
    ]);
    const present = Array.from(rows(0, 10))
      .filter((row) => row !== 4)
      .map((row) => matrix.values[row * matrix.columns + place])
      .sort((a, b) => a - b);
    expect(matrix.values[4 * matrix.columns + place]).toBeCloseTo(present[4], 5);
    // A value missing that never was in training is refused without that policy.
    expect(() => encode(fitEncoder(table, rows(0, 10)), holed, rows(0, 10))).toThrow("row 4, column waterFraction");
  });

  it("refuses an amount of 0 whose logarithm there is none of", () => {
    const lead = Float64Array.from(numbersOf(table, "leadMolar"));
    lead[2] = 0;
    expect(() => fitEncoder(changed({ leadMolar: lead }), rows(0, 10), { features: ["lnLead"] })).toThrow(
      "row 2, column leadMolar: must be a number that lnLead can be computed from; got 0, which makes lnLead -Infinity",
    );
  });

  it("computes supersaturation from the recipe alone: near the latent value, never it", () => {
    const encoder = fitEncoder(table, rows(0, 3000), { features: ["lnSupersaturation"], categories: [] });
    const { values } = encode(encoder, table);
    const [column] = encoder.columns;
    if (column.kind !== "number") throw new Error("a number was expected");
    const truth = numbersOf(table, "trueLnSupersaturationCsPbBr3");
    const gaps = Array.from(values, (value, row) =>
      Math.abs(value * column.scale + column.mean - Math.max(-40, Math.min(40, truth[row]))),
    ).sort((a, b) => a - b);
    expect(gaps[1500]).toBeGreaterThan(0.01);
    expect(gaps[1500]).toBeLessThan(1);
    expect(physics.acidBaseConstant).toBeGreaterThan(0);
  });

  it("is the same after a round trip through JSON, and refuses what is no encoder", () => {
    const encoder = fitEncoder(table, rows(0, 2000), { missing: "median" });
    const again = parseEncoder(JSON.stringify(encoder));
    expect(again).toEqual(encoder);
    expect(encode(again, table).values).toEqual(encode(encoder, table).values);
    expect(() => parseEncoder("{", "model/encoder.json")).toThrow("model/encoder.json: must be JSON");
    expect(() => parseEncoder(JSON.stringify({ ...encoder, version: 2 }))).toThrow(
      "encoder: must be an encoder as fitEncoder returns it",
    );
    expect(() => parseEncoder(JSON.stringify({ ...encoder, columns: [{ ...encoder.columns[0], scale: 0 }] }))).toThrow(
      "must be an encoder",
    );
  });
});
