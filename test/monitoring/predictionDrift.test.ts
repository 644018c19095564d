import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { categoryColumn, makeTable, numbersOf, type Table } from "../../src/core/Table.js";
import { detectDrift } from "../../src/monitoring/detectDrift.js";
import { predictionDrift } from "../../src/monitoring/predictionDrift.js";

const number = { kind: "number", unit: "°C", meaning: "" } as const;
const text = { kind: "category", unit: "", meaning: "" } as const;

function recipes(seed: number, warmer: number): Table {
  const random = seededRandom(seed);
  return makeTable(
    { temperature: number, noise: number, batch: text },
    {
      temperature: Float64Array.from({ length: 400 }, () => 100 + 60 * random() + warmer),
      noise: Float64Array.from({ length: 400 }, () => random() + warmer),
      batch: categoryColumn(Array.from({ length: 400 }, (_, row) => `day ${Math.floor(row / 10)}`)),
    },
  );
}

const phases = (table: Table): Table =>
  makeTable(
    { phase: text, size: { kind: "number", unit: "nm", meaning: "" } },
    {
      phase: categoryColumn(Array.from(numbersOf(table, "temperature"), (value) => (value > 130 ? "cubes" : "plates"))),
      size: Float64Array.from(numbersOf(table, "temperature"), (value) => value / 20),
    },
  );

describe("predictionDrift", () => {
  it("finds answers that moved, in their unit, with batches kept whole", () => {
    const [reference, current] = [recipes(1, 0), recipes(2, 12)];
    const { features, groups } = predictionDrift({ reference, current, groups: "batch", predict: phases });
    expect(groups).toBe("batch");
    expect(features.map(({ feature, drifted, unit }) => [feature, drifted, unit])).toEqual([
      ["phase", true, "share"],
      ["size", true, "nm"],
    ]);
  });

  it("is quiet where inputs drift and the model does not look", () => {
    const reference = recipes(1, 0);
    const moved = recipes(2, 12);
    const current = makeTable(moved.schema, { ...moved.columns, temperature: recipes(2, 0).columns.temperature });
    expect(detectDrift({ reference, current, groups: "batch" }).drifted).toBe(1);
    expect(predictionDrift({ reference, current, groups: "batch", predict: phases }).drifted).toBe(0);
  });

  it("refuses a model that leaves rows out", () => {
    const table = recipes(1, 0);
    expect(() =>
      predictionDrift({
        reference: table,
        current: table,
        predict: () => makeTable({ x: number }, { x: Float64Array.of(1) }),
      }),
    ).toThrow("every row needs an answer; got 1 answers to 400 rows");
  });
});
