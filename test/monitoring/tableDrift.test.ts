import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import type { Schema } from "../../src/core/Schema.js";
import { categoryColumn, makeTable, selectRows, type Table } from "../../src/core/Table.js";
import { tableDrift } from "../../src/monitoring/tableDrift.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

const schema: Schema = {
  temperature: { kind: "number", unit: "°C", meaning: "" },
  phase: { kind: "category", unit: "", meaning: "" },
  experiment: { kind: "category", unit: "", meaning: "" },
};

interface Shape {
  readonly shift?: number;
  readonly rare?: number;
  readonly missing?: number;
}

function tableOf(seed: number, rows: number, { shift = 0, rare = 0.1, missing = 0.05 }: Shape = {}): Table {
  const random = seededRandom(seed);
  const temperature = Float64Array.from({ length: rows }, () =>
    random() < missing ? Number.NaN : 100 * random() + shift,
  );
  const phase = categoryColumn(
    Array.from({ length: rows }, () => (random() < rare ? "rare" : random() < 0.5 ? "a" : "b")),
  );
  return makeTable(schema, {
    temperature,
    phase,
    experiment: categoryColumn(Array.from({ length: rows }, (_, row) => `${seed}-${row}`)),
  });
}

const drifted = (table: Table, reference: Table): string[] =>
  tableDrift(table, reference)
    .columns.filter((column) => column.drifted)
    .map(({ name, compared }) => `${name} ${compared}`);

describe("tableDrift", () => {
  const reference = tableOf(1, 1000);

  it("of a table against itself is nothing, with probability 1 everywhere", () => {
    const { columns, drifted: count } = tableDrift(reference, reference);
    expect(count).toBe(0);
    expect(columns.map(({ name, compared, distance }) => [name, compared, distance])).toEqual([
      ["temperature", "values", 0],
      ["temperature", "missing", 0],
      ["phase", "levels", 0],
    ]);
    for (const { adjusted } of columns) expect(adjusted).toBeCloseTo(1, 6);
  });

  it("names what has drifted: values, levels, missing values, a new level", () => {
    expect(drifted(tableOf(2, 1000, { shift: 12 }), reference)).toEqual(["temperature values"]);
    expect(drifted(tableOf(2, 1000, { rare: 0.2 }), reference)).toEqual(["phase levels"]);
    expect(drifted(tableOf(2, 1000, { missing: 0.15 }), reference)).toEqual(["temperature missing"]);
    expect(drifted(tableOf(2, 1000, { rare: 0 }), reference)).toEqual(["phase levels"]);
    expect(drifted(reference, tableOf(2, 1000, { rare: 0 }))).toEqual(["phase levels"]);
  });

  it("calls tables of one distribution drifted in no more than 5 % of cases, over all columns together", () => {
    let alarms = 0;
    for (let seed = 0; seed < 400; seed++)
      alarms += drifted(tableOf(2 * seed + 10, 150), tableOf(2 * seed + 11, 120)).length > 0 ? 1 : 0;
    // 20 expected at most; three standard deviations are 13.
    expect(alarms).toBeLessThanOrEqual(33);
    expect(alarms).toBeGreaterThan(0);
  });

  it("calls two halves of generated experiments alike, and another temperature drifted", async () => {
    const { table } = await generateExperiments({ rows: 4000, seed: 5 });
    const half = (odd: number): Table =>
      selectRows(
        table,
        Uint32Array.from({ length: 2000 }, (_, i) => 2 * i + odd),
      );
    expect(drifted(half(0), half(1))).toEqual([]);
    const warm = makeTable(table.schema, {
      ...table.columns,
      temperatureCelsius: (table.columns.temperatureCelsius as Float32Array).map((value) => value + 20),
    });
    expect(
      drifted(
        selectRows(
          warm,
          Uint32Array.from({ length: 2000 }, (_, i) => 2 * i),
        ),
        half(1),
      ),
    ).toEqual(["temperatureCelsius values"]);
  });

  it("has no probability where rows are too few, and lists columns without a partner", () => {
    const few = makeTable(
      { phase: schema.phase, colour: schema.phase },
      { phase: categoryColumn(["a", "c"]), colour: categoryColumn(["red", "red"]) },
    );
    const { columns, onlyHere, onlyThere } = tableDrift(few, reference);
    expect(columns).toMatchObject([{ name: "phase", pValue: null, adjusted: null, drifted: false }]);
    expect([onlyHere, onlyThere]).toEqual([["colour"], ["temperature"]]);
  });

  it("refuses empty tables, no column in common, and an alpha that is none", () => {
    expect(() => tableDrift(selectRows(reference, new Uint32Array(0)), reference)).toThrow(
      "both tables must have rows; got 0 and 1000",
    );
    expect(() => tableDrift(makeTable({ x: schema.temperature }, { x: Float64Array.of(1) }), reference)).toThrow(
      "the tables must have a column in common; they have none",
    );
    expect(() => tableDrift(reference, reference, { alpha: 0 })).toThrow("alpha must be in (0, 1); got 0");
  });
});
