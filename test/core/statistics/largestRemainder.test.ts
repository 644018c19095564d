import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestRemainder } from "../../../src/core/statistics/largestRemainder.js";

describe("largestRemainder", () => {
  it("gives what is left to the largest fractions, of equal ones to the first", () => {
    expect([...largestRemainder([101, 37, 7, 3], 89)]).toEqual([61, 22, 4, 2]);
    expect([...largestRemainder([1, 1, 1], 2)]).toEqual([1, 1, 0]);
    expect([...largestRemainder([0.6, 0.2, 0, 0.2], 148)]).toEqual([89, 30, 0, 29]);
  });

  it("sums to the total, and every number is the floor or the ceiling of its quota", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.nat(1000), { minLength: 1, maxLength: 9 })
          .filter((weights) => weights.some((weight) => weight > 0)),
        fc.nat(5000),
        (weights, total) => {
          const sum = weights.reduce((a, b) => a + b, 0);
          const given = largestRemainder(weights, total);
          expect(given.reduce((a, b) => a + b, 0)).toBe(total);
          weights.forEach((weight, i) => expect(Math.abs(given[i] - (weight * total) / sum)).toBeLessThan(1));
        },
      ),
    );
  });

  it("refuses weights and totals that are none", () => {
    expect(() => largestRemainder([0, 0], 3)).toThrow(
      /weights must be numbers of at least 0, one of them above; got 0, 0/,
    );
    expect(() => largestRemainder([1, -1], 3)).toThrow(/got 1, -1/);
    expect(() => largestRemainder([1], 1.5)).toThrow(/the total must be a whole number of at least 0; got 1.5/);
    expect([...largestRemainder([0, 0], 0)]).toEqual([0, 0]);
  });
});
