import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { philox4x32 } from "../../../src/core/random/philox4x32.js";
import { philoxUniform, philoxUniforms } from "../../../src/core/random/philoxUniforms.js";

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("philoxUniforms", () => {
  it("are the words of Philox blocks with counter (row, attempt, block, 0), in order", () => {
    fc.assert(
      fc.property(word, fc.nat(999), word, word, fc.integer({ min: 0, max: 30 }), (row, attempt, low, high, count) => {
        const block = new Uint32Array(4);
        const expected = Array.from({ length: count }, (_, i) => {
          philox4x32([row, attempt, Math.floor(i / 4), 0], [low, high], block);
          return philoxUniform(block[i % 4]);
        });
        expect(Array.from(philoxUniforms(count, { row, attempt, key: [low, high] }))).toEqual(expected);
      }),
    );
  });

  it("begin alike however many are drawn, and take attempt 0 unless told", () => {
    const all = philoxUniforms(13, { row: 7, key: [1, 2] });
    for (let count = 0; count <= 13; count++)
      expect(philoxUniforms(count, { row: 7, attempt: 0, key: [1, 2] })).toEqual(all.subarray(0, count));
  });

  it("differ between rows, attempts and keys", () => {
    const firsts = [
      philoxUniforms(1, { row: 1, key: [1, 2] }),
      philoxUniforms(1, { row: 2, key: [1, 2] }),
      philoxUniforms(1, { row: 1, attempt: 1, key: [1, 2] }),
      philoxUniforms(1, { row: 1, key: [2, 1] }),
    ];
    expect(new Set(firsts.map(([u]) => u)).size).toBe(4);
  });

  it("are uniform over rows, each of the first five (chi-squared, 19 degrees of freedom, 99.99 % point)", () => {
    const rows = 20_000;
    const bins = Array.from({ length: 5 }, () => new Float64Array(20));
    for (let row = 0; row < rows; row++)
      philoxUniforms(5, { row, key: [3, 4] }).forEach((u, i) => bins[i][Math.floor(20 * u)]++);
    for (const counts of bins)
      expect(counts.reduce((sum, count) => sum + (count - rows / 20) ** 2 / (rows / 20), 0)).toBeLessThan(52.4);
  });
});

describe("philoxUniform", () => {
  it("lies strictly inside (0, 1) at both ends", () => {
    expect([philoxUniform(0), philoxUniform(0xffffffff)]).toEqual([2 ** -24, 1 - 2 ** -24]);
  });

  it("is the same number in float32, for any word", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (word) => {
        const u = philoxUniform(word);
        expect(Math.fround(u)).toBe(u);
        // Each number stands for 512 words, and lies in the middle of them.
        expect(Math.abs(u - (word + 0.5) / 2 ** 32)).toBeLessThanOrEqual(2 ** -24);
      }),
    );
  });
});
