import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { categoryColumn, type Column } from "../../../src/core/Table.js";
import { isSameInformation, prepareColumn } from "../../../src/validation/leakage/isSameInformation.js";

const random = seededRandom(1);
const values = Float64Array.from({ length: 200 }, () => random());
const rows = Uint32Array.from(values.keys());
const same = (a: Column, b: Column): boolean => isSameInformation(prepareColumn(a, rows), prepareColumn(b, rows));
const texts = (names: readonly string[]): Column =>
  categoryColumn(Array.from(values, (value) => names[Math.floor(names.length * value)]));

describe("isSameInformation", () => {
  it("knows a number again as a copy, in other units, as a logarithm and turned round", () => {
    for (const change of [(x: number) => x, (x: number) => 273.15 + 100 * x, Math.log, (x: number) => -(x ** 3)])
      expect(same(values, values.map(change))).toBe(true);
  });

  it("does not take a strong relation for a copy", () => {
    expect(
      same(
        values,
        values.map((x) => x + 0.05 * random()),
      ),
    ).toBe(false);
    expect(
      same(
        values,
        values.map((x) => (x - 0.5) ** 2),
      ),
    ).toBe(false);
  });

  it("knows categories again under other names, and as numbers", () => {
    expect(same(texts(["a", "b", "c"]), texts(["x", "z", "y"]))).toBe(true);
    expect(
      same(
        texts(["a", "b", "c"]),
        values.map((x) => [7, 3, 5][Math.floor(3 * x)]),
      ),
    ).toBe(true);
    expect(same(texts(["a", "b", "c"]), texts(["x", "y"]))).toBe(false);
    expect(same(texts(["a", "b"]), texts(["a", "b", "a", "b"]))).toBe(false);
  });

  it("asks for the same missing values, some variation and more than a few rows", () => {
    const holes = values.map((x, i) => (i % 10 === 0 ? Number.NaN : x));
    expect(same(holes, holes.slice())).toBe(true);
    expect(same(holes, values)).toBe(false);
    expect(
      same(
        holes,
        values.map((x, i) => (i % 10 === 1 ? Number.NaN : x)),
      ),
    ).toBe(false);
    expect(
      same(
        values.map(() => 1),
        values.map(() => 1),
      ),
    ).toBe(false);
    const few = rows.slice(0, 19);
    expect(isSameInformation(prepareColumn(values, few), prepareColumn(values, few))).toBe(false);
  });
});
