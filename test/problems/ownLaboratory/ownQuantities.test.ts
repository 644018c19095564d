import { describe, expect, it } from "vitest";
import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { makeTable, type Table } from "../../../src/core/Table.js";
import { outcomeFields } from "../../../src/chemistry/recipeSchema.js";
import { fitOwnQuantities, ownNumbers } from "../../../src/problems/ownLaboratory/ownQuantities.js";

const rows = 60;
const random = seededRandom(8);
const noise = seededRandom(9);
const x = Float64Array.from({ length: rows }, () => noise() * 4 - 2);
const features = makeMatrix(["x"], Float32Array.from(x));
const size = Float64Array.from(x, (one) => Math.exp(2 + 0.4 * one + 0.05 * (noise() - 0.5)));
const column = "sizeNanometre";
const tableOf = (values: Float64Array): Table => makeTable({ [column]: outcomeFields[column] }, { [column]: values });
const quiet = (): void => undefined;
const ask = (values: readonly number[]): Matrix => makeMatrix(["x"], Float32Array.from(values));

describe("numbers of an own laboratory", () => {
  it("are learned on their scale and answered in their unit, with ends around them", async () => {
    const learned = await fitOwnQuantities(
      { table: tableOf(size), features, readings: null, groups: null },
      random,
      quiet,
    );
    expect(learned.map((one) => one.column)).toEqual([column]);
    expect(learned[0].model.kept).not.toBe("constant");
    const [{ value, low, high }] = ownNumbers(JSON.parse(JSON.stringify(learned)) as typeof learned)(ask([0, 1]), null);
    expect(Math.log(value[0])).toBeCloseTo(2, 1);
    expect(Math.log(value[1])).toBeCloseTo(2.4, 1);
    for (let i = 0; i < 2; i++) {
      expect(low[i]).toBeLessThan(value[i]);
      expect(high[i]).toBeGreaterThan(value[i]);
      expect(Math.log(high[i] / low[i])).toBeLessThan(0.2);
    }
  });

  it("hold the truth of new rows about as often as they promise", async () => {
    const learned = await fitOwnQuantities(
      { table: tableOf(size), features, readings: null, groups: null },
      random,
      quiet,
    );
    const asked = Array.from({ length: 400 }, () => noise() * 4 - 2);
    const truth = asked.map((one) => Math.exp(2 + 0.4 * one + 0.05 * (noise() - 0.5)));
    const [{ low, high }] = ownNumbers(learned)(ask(asked), null);
    const held = truth.filter((one, i) => one >= low[i] && one <= high[i]).length / truth.length;
    expect(held).toBeGreaterThan(0.82);
    expect(held).toBeLessThan(0.98);
  });

  it("are not learned of fewer than 20 rows, nor where all are one", async () => {
    const few = size.map((one, row) => (row < 19 ? one : NaN));
    const same = new Float64Array(rows).fill(5);
    for (const values of [few, same])
      expect(
        await fitOwnQuantities({ table: tableOf(values), features, readings: null, groups: null }, random, quiet),
      ).toEqual([]);
  });

  it("take the twin with an offset where it is off by a constant and the rows are noisy", async () => {
    const scattered = Float64Array.from(x, () => Math.exp(1 + 2 * noise()));
    const reading = scattered.map((one) => Math.log(one) - 3 + 0.01 * noise());
    const learned = await fitOwnQuantities(
      { table: tableOf(scattered), features, readings: new Map([[column, reading]]), groups: null },
      random,
      quiet,
    );
    expect(learned[0].model.kept).toBe("twin with offset");
    const told = new Map([[column, Float64Array.of(-1, NaN)]]);
    const [{ value }] = ownNumbers(learned)(ask([0, 0]), told);
    expect(Math.log(value[0])).toBeCloseTo(2, 1);
    // Where the twin gives no reading, its mean stands in.
    expect(Math.log(value[1])).toBeCloseTo(learned[0].readingMean! + 3, 1);
  });
});
