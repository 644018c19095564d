import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectRows, type Table, textsOf } from "../../src/core/Table.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { readRealTable, type LoadableTable } from "../../src/experiments/dataStore.js";
import { realTables } from "../../src/experiments/manifest.js";
import { sharedRows } from "../../src/experiments/sharedRows.js";
import { hasRealData, realData } from "../support/realData.js";

const schema = {
  plate: { kind: "category", unit: "", meaning: "plate" },
  molar: { kind: "number", unit: "mol/L", meaning: "lead" },
} as const;
const tableOf = (...rows: readonly (readonly [string, number])[]): Table =>
  tableFromRows(
    schema,
    rows.map(([plate, molar]) => ({ plate, molar })),
  );

describe("sharedRows", () => {
  it("knows a row again by what it holds, rounded or not, and by nothing else", () => {
    const whole = tableOf(["a", 0.123456], ["b", 0.123456], ["a", Number.NaN]);
    expect(
      Array.from(sharedRows(tableOf(["b", 0.1234563], ["a", 0.5], ["a", Number.NaN]), whole, Object.keys(schema))),
    ).toEqual([1, -1, 2]);
  });

  it("gives each row of the whole once", () => {
    expect(
      Array.from(sharedRows(tableOf(["a", 1], ["a", 1], ["a", 1]), tableOf(["a", 1], ["a", 1]), ["plate", "molar"])),
    ).toEqual([0, 1, -1]);
  });

  it("finds every row of any part of a table", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 }), (values) => {
        const whole = tableOf(...values.map((value): [string, number] => [`plate ${value % 3}`, value]));
        const rows = Uint32Array.from(values.keys()).filter((row) => row % 2 === 0);
        const found = sharedRows(selectRows(whole, rows), whole, ["plate", "molar"]);
        return found.every((row) => row >= 0) && new Set(found).size === found.length;
      }),
    );
  });

  it("refuses a column that one of the tables lacks", () => {
    expect(() => sharedRows(tableOf(), tableOf(), ["nothing"])).toThrow('both tables must have the column "nothing"');
  });

  it
    .skipIf(!hasRealData)
    .each(realTables.flatMap(({ id, partOf }) => (partOf === undefined ? [] : [[id, partOf] as const])))(
    "every row of %s stands in its whole by content (skipped without ../shared/real-data)",
    async (id, { id: whole, content }) => {
      const [own, other] = await Promise.all(
        [id, whole].map(async (one) => (await readRealTable(one as LoadableTable, { folder: realData })).table),
      );
      const found = sharedRows(own, other, content);
      expect(found.filter((row) => row < 0)).toHaveLength(0);
      expect(new Set(found).size).toBe(own.numRows);
      // The names, which took no part in it, agree, but for repeats on one plate that ended alike.
      const [ownNames, otherNames] = [own, other].map((table) => textsOf(table, "experiment"));
      expect(ownNames.sort()).toEqual(Array.from(found, (row) => otherNames[row]).sort());
    },
  );
});
