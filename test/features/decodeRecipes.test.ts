import { beforeAll, describe, expect, it } from "vitest";
import { recipeFaults } from "../../src/chemistry/recipeFaults.js";
import { isCategory, numbersOf, textsOf, type Table } from "../../src/core/Table.js";
import { decodeRecipes } from "../../src/features/decodeRecipes.js";
import { encode } from "../../src/features/encode.js";
import { fitEncoder } from "../../src/features/fitEncoder.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

let table: Table;
const rows = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 3000, seed: 11 }));
});

describe("decodeRecipes", () => {
  it("gives back the recipes that were encoded, but for the rounding of float32, and none of them has a fault", () => {
    const encoder = fitEncoder(table, rows(0, 3000));
    const recipes = decodeRecipes(encoder, encode(encoder, table));
    for (const [name, column] of Object.entries(recipes.columns)) {
      if (isCategory(column)) expect(textsOf(recipes, name)).toEqual(textsOf(table, name));
      else {
        const original = numbersOf(table, name);
        column.forEach((value, row) =>
          expect(Math.abs(value - original[row])).toBeLessThanOrEqual(1e-5 * Math.abs(original[row]) + 1e-7),
        );
      }
    }
    expect(new Set(recipeFaults(recipes))).toEqual(new Set([0]));
  });

  it("refuses a matrix of other columns, and an encoder without lead", () => {
    const encoder = fitEncoder(table, rows(0, 100));
    const matrix = encode(encoder, table, rows(0, 5));
    expect(() => decodeRecipes(fitEncoder(table, rows(0, 100), { features: ["lnTime"] }), matrix)).toThrow(
      "the matrix must have the encoder's columns",
    );
    const withoutLead = fitEncoder(table, rows(0, 100), { features: ["lnTime"], categories: [] });
    expect(() => decodeRecipes(withoutLead, encode(withoutLead, table))).toThrow("must have the feature lnLead");
  });
});
