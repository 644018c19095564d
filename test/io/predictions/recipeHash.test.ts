import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recipeSchema } from "../../../src/chemistry/recipeSchema.js";
import { parseNumber } from "../../../src/core/parseNumber.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import { mapTable } from "../../../src/commands/data/mapTable.js";
import { readMappedTable } from "../../../src/experiments/columnMap/readMappedTable.js";
import { canonicalRecipe, recipeHash, recipeOf } from "../../../src/io/predictions/recipeHash.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { temporaryProject } from "../../support/temporaryProject.js";

describe("recipeHash", () => {
  it("is the SHA-256 that any program finds of the canonical text", () => {
    const recipe = { leadMolar: 0.03, caesiumSource: "Cs2CO3", caesiumMolar: 0.008, antisolvent: "" };
    expect(canonicalRecipe(recipe)).toBe(
      '{"antisolvent":null,"caesiumMolar":0.008,"caesiumSource":"Cs2CO3","leadMolar":0.03}',
    );
    // printf '{"a":"x","b":1e-7}' | sha256sum
    expect(recipeHash({ b: 1e-7, a: "x" })).toBe("5bc89c5d0ca85d2be8814869974e25de4b9d2d4b5e686ca81c0eba9820bb546b");
  });

  it("does not depend on the order of columns", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), fc.oneof(fc.double(), fc.string(), fc.constant(null))), {
          selector: ([name]) => name,
        }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (entries, keys) => {
          const own = entries.filter(([name]) => name !== "__proto__");
          const shuffled = own
            .map((entry) => ({ entry, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ entry }) => entry);
          expect(recipeHash(Object.fromEntries(shuffled))).toBe(recipeHash(Object.fromEntries(own)));
        },
      ),
    );
  });

  it("does not depend on how a number was spelled", () => {
    const hashes = ["0.03", "3e-2", "0.030", "30E-3", ".03"].map((text) =>
      recipeHash({ leadMolar: parseNumber(text)! }),
    );
    expect(new Set(hashes).size).toBe(1);
  });

  it("does not depend on the units of a table that is mapped: the last bits of 44 in 200 did", async () => {
    const millimolar = Array.from({ length: 200 }, (_, i) => Number((0.5 + i * 0.37).toPrecision(4)));
    const hashesOf = async (header: string, rows: readonly string[]): Promise<string[]> => {
      const file = join(temporaryProject({ "table.csv": [header, ...rows].join("\n") }), "table.csv");
      const map = await mapTable(file, { out: `${file}.columns.json` });
      const { table } = await readMappedTable(file, { columns: map.out });
      return millimolar.map((_, row) => recipeHash(recipeOf(table, row, Object.keys(recipeColumns))));
    };
    const inMillimole = await hashesOf(
      "lead (mM),caesium (mM),bromide (mM),temperature (C),time (min)",
      millimolar.map((amount) => `${amount},${amount},${amount},25,2`),
    );
    const molar = (amount: number): number => Number((amount / 1000).toPrecision(12));
    const inMole = await hashesOf(
      "temperature (C),time (s),lead (mol/L),caesium (M),bromide (mol/L)",
      millimolar.map((one) => `25.0,120,${molar(one)},${molar(one).toExponential()},${molar(one)}`),
    );
    expect(inMole).toEqual(inMillimole);
    expect(new Set(inMole).size).toBe(200);
  });

  it("has one way to say that a value is missing", () => {
    const columns = ["leadMolar", "antisolvent", "timeSecond"];
    const schema = { leadMolar: recipeSchema.leadMolar, antisolvent: recipeSchema.antisolvent };
    const table = tableFromRows(schema, [{ leadMolar: 0.03 }]);
    expect(recipeHash(recipeOf(table, 0, columns))).toBe(
      recipeHash({ leadMolar: 0.03, antisolvent: null, timeSecond: Number.NaN }),
    );
  });

  it("tells recipes apart that differ in the twelfth digit of one number", () => {
    expect(recipeHash({ leadMolar: 0.300000000001 })).not.toBe(recipeHash({ leadMolar: 0.3 }));
  });
});
