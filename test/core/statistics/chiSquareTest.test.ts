import { describe, expect, it } from "vitest";
import { chiSquareTail } from "../../../src/core/statistics/chiSquareTail.js";
import { chiSquareTest } from "../../../src/core/statistics/chiSquareTest.js";
import { twoSamples } from "../twoSamples.js";

const { input, expected, tolerance } = twoSamples.categorical;

describe("chiSquareTest", () => {
  it.each(Object.entries(expected))("agrees with SciPy on %s", (name, { chi2, dof, p }) => {
    const { statistic, freedom, pValue } = chiSquareTest(input[name].ref, input[name].cur)!;
    expect(freedom).toBe(dof);
    expect(Math.abs(statistic - chi2)).toBeLessThan(tolerance);
    expect(Math.abs(pValue / p - 1)).toBeLessThan(tolerance);
  });

  it("of equal shares is 0 with probability 1, and of one category says nothing", () => {
    expect(chiSquareTest([10, 20, 30], [1, 2, 3])).toMatchObject({
      statistic: expect.closeTo(0, 12) as number,
      pValue: expect.closeTo(1, 6) as number,
    });
    expect(chiSquareTest([10, 0], [20, 0])).toBeNull();
  });

  it("refuses an empty sample and other lengths", () => {
    expect(() => chiSquareTest([0, 0], [1, 2])).toThrow(
      "two samples with rows over the same categories are needed; got 0 rows over 2 and 3 over 2",
    );
    expect(() => chiSquareTest([1], [1, 2])).toThrow("over 1 and 3 over 2");
  });
});

describe("chiSquareTail", () => {
  it("is exp(-x/2) for two degrees, and (1 + x/2) exp(-x/2) for four", () => {
    for (const x of [0.1, 1, 7, 60, 900]) {
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12);
      expect(chiSquareTail(x, 4) / ((1 + x / 2) * Math.exp(-x / 2))).toBeCloseTo(1, 12);
    }
  });

  it("has the tabled 5 % points, and survives hundreds of degrees", () => {
    for (const [freedom, point] of [
      [1, 3.841458820694124],
      [3, 7.814727903251179],
      [5, 11.070497693516351],
      [30, 43.77297182574219],
      [101, 125.45841940848237],
    ])
      expect(chiSquareTail(point, freedom)).toBeCloseTo(0.05, 9);
    expect(chiSquareTail(2000, 1999)).toBeGreaterThan(0.45);
    expect(chiSquareTail(2000, 1999)).toBeLessThan(0.5);
    expect([chiSquareTail(0, 3), chiSquareTail(Infinity, 3)]).toEqual([1, 0]);
  });

  it("refuses what is none", () => {
    expect(() => chiSquareTail(-1, 2)).toThrow("got -1 and 2");
    expect(() => chiSquareTail(1, 0)).toThrow("got 1 and 0");
  });
});
