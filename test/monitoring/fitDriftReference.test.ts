import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { categoryColumn, makeTable, selectColumns, selectRows, type Table } from "../../src/core/Table.js";
import { detectDrift } from "../../src/monitoring/detectDrift.js";
import { fitDriftReference } from "../../src/monitoring/fitDriftReference.js";

function tableOf(seed: number, rows: number, shift = 0): Table {
  const random = seededRandom(seed);
  const number = { kind: "number", unit: "°C", meaning: "" } as const;
  const category = { kind: "category", unit: "", meaning: "" } as const;
  return makeTable(
    { whole: number, gaps: number, phase: category, batch: category },
    {
      whole: Float64Array.from({ length: rows }, () => random() + random() + shift),
      gaps: Float32Array.from({ length: rows }, () => (random() < 0.1 ? NaN : Math.round(8 * random()))),
      phase: categoryColumn(Array.from({ length: rows }, () => ["", "a", "b", "c"][Math.floor(4 * random())])),
      batch: categoryColumn(Array.from({ length: rows }, (_, row) => `B${Math.floor(row / 5)}`)),
    },
  );
}

describe("fitDriftReference", () => {
  const table = tableOf(1, 600);

  it("gives every window the report, to the last bit, that the table itself gives", () => {
    for (const groups of [undefined, "batch"]) {
      const rowNames = ["batch"];
      const reference = fitDriftReference(table, { groups, rowNames });
      for (const [seed, rows, shift] of [
        [2, 200, 0],
        [3, 90, 0.3],
        [4, 200, 0.1],
      ] as const) {
        const current = tableOf(seed, rows, shift);
        expect(detectDrift({ reference, current, seed })).toEqual(
          detectDrift({ reference: table, current, groups, rowNames, seed }),
        );
      }
    }
  });

  it("is for windows with fewer columns, or others, too", () => {
    const reference = fitDriftReference(table, { rowNames: ["batch"] });
    const current = selectColumns(tableOf(2, 50), ["phase"]);
    expect(detectDrift({ reference, current })).toMatchObject({ onlyReference: ["whole", "gaps"], onlyCurrent: [] });
  });

  it("refuses an empty table, an infinite number, rows without a batch, and other groups later", () => {
    expect(() => fitDriftReference(selectRows(table, new Uint32Array()))).toThrow(
      "a reference must have rows; got none",
    );
    const wild = makeTable({ x: table.schema.whole }, { x: Float64Array.of(1, -Infinity) });
    expect(() => fitDriftReference(wild)).toThrow("column x: numbers must be finite; got -Infinity");
    const lost = makeTable(
      { x: table.schema.whole, batch: table.schema.batch },
      { x: Float64Array.of(1, 2), batch: categoryColumn(["B1", ""]) },
    );
    expect(() => fitDriftReference(lost, { groups: "batch" })).toThrow("column batch: every row must name its group");
    expect(() => fitDriftReference(table, { groups: "lot" })).toThrow(
      'groups: must name a column of both tables; got "lot"',
    );
    const reference = fitDriftReference(table, { groups: "batch" });
    expect(() => detectDrift({ reference, current: table, groups: "phase" })).toThrow(
      'must be the column that the reference was made ready with; got "phase", and the reference has "batch"',
    );
  });
});
