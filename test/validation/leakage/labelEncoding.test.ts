import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { categoryColumn } from "../../../src/core/Table.js";
import { labelEncoding } from "../../../src/validation/leakage/labelEncoding.js";

const random = seededRandom(1);
const codes = Uint8Array.from({ length: 1000 }, () => Math.floor(3 * random() ** 2));
const train = Uint32Array.from({ length: 700 }, (_, row) => row);
const heldOut = Uint32Array.from({ length: 300 }, (_, row) => 700 + row);
const rows = { train, heldOut };

describe("labelEncoding", () => {
  it("guesses every row right from a code of the label, however it is arranged", () => {
    expect(labelEncoding(Float64Array.from(codes), codes, rows)).toEqual({
      balancedAccuracy: 1,
      hits: 300,
      trials: 300,
    });
    expect(
      labelEncoding(
        Float64Array.from(codes, (code) => [5, -1, 2][code] + 0.001 * random()),
        codes,
        rows,
      ).balancedAccuracy,
    ).toBe(1);
    expect(
      labelEncoding(
        Float64Array.from(codes, (code) => [Number.NaN, 1, 2][code]),
        codes,
        rows,
      ).balancedAccuracy,
    ).toBe(1);
    // Many values per class, interleaved: no threshold parts them.
    expect(
      labelEncoding(
        Float64Array.from(codes, (code) => code + 3 * Math.floor(10 * random())),
        codes,
        rows,
      ).balancedAccuracy,
    ).toBe(1);
    expect(
      labelEncoding(categoryColumn(Array.from(codes, (code) => `${code}${random() < 0.5 ? "a" : "b"}`)), codes, rows)
        .balancedAccuracy,
    ).toBe(1);
  });

  it("guesses as well as chance from what has nothing to do with it", () => {
    for (const column of [
      Float64Array.from(codes, random),
      Float64Array.from(codes, () => 0),
      categoryColumn(Array.from(codes, () => (random() < 0.5 ? "a" : "b"))),
    ]) {
      expect(Math.abs(labelEncoding(column, codes, rows).balancedAccuracy - 1 / 3)).toBeLessThan(0.08);
    }
  });

  it("of two normal classes four standard deviations apart comes near the 97.7 % that are possible, no further", () => {
    const two = codes.map((code) => (code === 0 ? 0 : 1));
    const normal = (): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6);
    const { balancedAccuracy } = labelEncoding(
      Float64Array.from(two, (code) => 4 * code + normal()),
      two,
      rows,
    );
    expect(balancedAccuracy).toBeGreaterThan(0.94);
    expect(balancedAccuracy).toBeLessThan(0.99);
  });

  it("leaves out a class that no held-out row has", () => {
    expect(
      labelEncoding(Float64Array.of(0, 0, 1, 1, 2, 2, 0, 1), [0, 0, 1, 1, 2, 2, 0, 1], {
        train: Uint32Array.of(0, 1, 2, 3, 4, 5),
        heldOut: Uint32Array.of(6, 7),
      }).trials,
    ).toBe(2);
  });
});
