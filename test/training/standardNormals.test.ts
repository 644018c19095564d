import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { standardNormals } from "../../src/training/standardNormals.js";

describe("standardNormals", () => {
  it("has mean 0, variance 1 and the fourth moment 3, each within four standard errors", () => {
    const numbers = standardNormals(100_001, seededRandom(1));
    const moment = (power: number): number => numbers.reduce((sum, z) => sum + z ** power, 0) / numbers.length;
    const near = (power: number, value: number, variance: number): void =>
      expect(Math.abs(moment(power) - value)).toBeLessThan(4 * Math.sqrt(variance / numbers.length));
    near(1, 0, 1);
    near(2, 1, 2);
    near(4, 3, 96);
  });

  it("gives as many as asked for, even or odd, the same from the start", () => {
    expect(standardNormals(0, seededRandom(1))).toHaveLength(0);
    expect(standardNormals(3, seededRandom(1))).toEqual(standardNormals(4, seededRandom(1)).subarray(0, 3));
  });
});
