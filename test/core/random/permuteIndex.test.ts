import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permuteIndex } from "../../../src/core/random/permuteIndex.js";

function permutation(count: number, key: readonly [number, number]): number[] {
  return Array.from({ length: count }, (_, i) => permuteIndex(i, count, key));
}

const anyKey = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe("permuteIndex", () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 64, 65, 97, 256, 257, 1000, 1024, 4093, 4096])(
    "is a bijection of 0 .. %i - 1",
    (count) => {
      for (const key of [
        [0, 0],
        [1, 2],
        [0xdeadbeef, 0xffffffff],
      ] as const)
        expect(permutation(count, key).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    },
  );

  it("is a bijection for any count and key", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), anyKey, (count, key) => {
        expect(new Set(permutation(count, key)).size).toBe(count);
      }),
    );
  });

  it("stays below counts up to 2^32, without memory, and tells neighbours apart", () => {
    for (const count of [2 ** 32, 2 ** 32 - 5, 3_000_000_019, 2 ** 31]) {
      const images = [0, 1, 2, count - 2, count - 1].map((index) => permuteIndex(index, count, [1, 2]));
      for (const image of images) expect(Number.isInteger(image) && image >= 0 && image < count).toBe(true);
      expect(new Set(images).size).toBe(5);
    }
  });

  it("sends indices where it always did: saved splits and files rest on it", () => {
    expect(permutation(12, [1, 2])).toEqual([7, 3, 10, 9, 1, 8, 4, 2, 0, 11, 5, 6]);
    expect([0, 1, 2, 3].map((index) => permuteIndex(index, 100_000, [0xdeadbeef, 7]))).toEqual([
      63322, 26898, 45049, 10483,
    ]);
    expect([0, 1, 2].map((index) => permuteIndex(index, 2 ** 32, [3, 4]))).toEqual([1303868664, 4121906665, 594433242]);
  });

  it("depends on the key, in either word, and on the count", () => {
    const plain = permutation(100, [1, 2]);
    expect(permutation(100, [1, 2])).toEqual(plain);
    for (const other of [permutation(100, [2, 2]), permutation(100, [1, 3]), permutation(101, [1, 2]).slice(0, 100)])
      expect(other).not.toEqual(plain);
  });

  it.each([2, 3, 4, 5, 8, 12])(
    "sends each of %i indices everywhere equally often over keys (chi-squared below its 99.99 % point)",
    (count) => {
      const runs = 4000;
      const table = new Float64Array(count * count);
      for (let key = 0; key < runs; key++)
        for (let i = 0; i < count; i++) table[i * count + permuteIndex(i, count, [key, 77])]++;
      const expected = runs / count;
      const statistic = table.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      // scipy 1.14.1: chi2.ppf(0.9999, (count - 1)²), as rows and columns are fixed.
      const limit = { 2: 15.14, 3: 23.51, 4: 33.72, 5: 45.92, 8: 94.6, 12: 187.6 }[count]!;
      expect(statistic).toBeLessThan(limit);
    },
  );

  it("sends neighbours of 1000 to every pair of sixths equally often (chi-squared below its 99.99 % point)", () => {
    const [count, parts, runs] = [1000, 6, 7200];
    const table = new Float64Array(parts * parts);
    const part = (index: number, key: number): number =>
      Math.floor((parts * permuteIndex(index, count, [key, 5])) / count);
    for (let key = 0; key < runs; key++) table[part(500, key) * parts + part(501, key)]++;
    const expected = runs / parts ** 2;
    // scipy 1.14.1: chi2.ppf(0.9999, 35).
    expect(table.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(74.9);
  });

  it.each([3, 4, 5, 6, 8])(
    "sends a pair of only %i indices to every pair equally often over 20,000 keys: six rounds were too few",
    (count) => {
      const runs = 20_000;
      const table = new Float64Array(count * count);
      for (let key = 0; key < runs; key++)
        table[permuteIndex(0, count, [key, 5]) * count + permuteIndex(1, count, [key, 5])]++;
      const expected = runs / (count * (count - 1));
      const statistic = table.reduce(
        (sum, n, cell) => (cell % (count + 1) === 0 ? sum + 1e9 * n : sum + (n - expected) ** 2 / expected),
        0,
      );
      // scipy 1.14.1: chi2.ppf(0.9999, count (count - 1) - 1).
      expect(statistic).toBeLessThan({ 3: 25.74, 4: 37.37, 5: 50.8, 6: 66.2, 8: 102.8 }[count]!);
    },
  );

  it("has nothing to do with order: ranks of neighbours are uncorrelated", () => {
    const count = 4000;
    const ranks = permutation(count, [11, 12]).map((rank) => rank / count - 0.5);
    const correlation =
      ranks.slice(1).reduce((sum, rank, i) => sum + rank * ranks[i], 0) /
      ranks.reduce((sum, rank) => sum + rank ** 2, 0);
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count));
  });
});
