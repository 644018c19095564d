import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { stratifiedUniforms } from "../../../src/core/random/stratifiedUniforms.js";

describe("stratifiedUniforms", () => {
  it("has exactly one number in each of the equal parts of [0, 1)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (count, seed) => {
        const strata = stratifiedUniforms(count, seededRandom(seed))
          .map((u) => Math.floor(u * count))
          .sort((a, b) => a - b);
        expect(strata).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  it("gives the same numbers for the same seed, and none for none", () => {
    expect(stratifiedUniforms(10, seededRandom(1))).toEqual(stratifiedUniforms(10, seededRandom(1)));
    expect(stratifiedUniforms(0, seededRandom(1))).toEqual([]);
  });

  it("puts each part at each place equally often (chi-squared below its 99.99 % point), and fills parts evenly", () => {
    const [count, runs] = [5, 10_000];
    const random = seededRandom(2);
    const table = Array.from({ length: count * count }, () => 0);
    let within = 0;
    for (let run = 0; run < runs; run++) {
      stratifiedUniforms(count, random).forEach((u, place) => {
        table[place * count + Math.floor(u * count)]++;
        within += (u * count) % 1;
      });
    }
    const expected = runs / count;
    // (5 - 1)² degrees of freedom, as rows and columns are fixed.
    expect(table.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(45.9);
    expect(Math.abs(within / (runs * count) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / (runs * count)));
  });

  it("averages with far less scatter than independent numbers: a variance of 1/(12 n³) instead of 1/(12 n)", () => {
    const [count, runs] = [12, 2000];
    const random = seededRandom(3);
    const means = Array.from(
      { length: runs },
      () => stratifiedUniforms(count, random).reduce((sum, u) => sum + u, 0) / count - 0.5,
    );
    const variance = means.reduce((sum, mean) => sum + mean ** 2, 0) / runs;
    // Chi-squared over 2000: within five standard errors, 5 √(2/2000) = 0.16.
    expect(Math.abs(variance * 12 * count ** 3 - 1)).toBeLessThan(0.16);
  });
});
