import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestSignedSum } from "../../../src/core/statistics/largestSignedSum.js";

/** Every pattern of signs, one after the other. */
function allSigns(sums: readonly number[], covariance: readonly number[], reach: number): number {
  const k = sums.length;
  let largest = -Infinity;
  for (let pattern = 0; pattern < 2 ** k; pattern++) {
    const signs = sums.map((_, j) => ((pattern >> j) & 1 ? 1 : -1));
    const sum = sums.reduce((total, one, j) => total + signs[j] * one, 0);
    const variance = covariance.reduce((total, one, at) => total + signs[Math.floor(at / k)] * signs[at % k] * one, 0);
    largest = Math.max(largest, sum + reach * Math.sqrt(Math.max(0, variance)));
  }
  return largest;
}

describe("largestSignedSum", () => {
  it("is the sum of sizes plus reach standard errors where sums are independent", () => {
    expect(largestSignedSum([0.3, -0.1], [0.09, 0, 0, 0.16], 2)).toBeCloseTo(0.4 + 2 * 0.5, 12);
    expect(largestSignedSum([-1], [4], 1)).toBe(3);
  });

  it("turns a small sum against the others where it scatters with them", () => {
    // Under its own sign the two cancel; under the other they scatter together, which is worth more than 2 · 0.01.
    expect(largestSignedSum([0.5, -0.01], [1, 1, 1, 1], 1)).toBeCloseTo(0.49 + 2, 12);
  });

  it("finds what every pattern of signs finds", () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const cases = fc.integer({ min: 1, max: 7 }).chain((k) =>
      fc.record({
        sums: fc.array(number, { minLength: k, maxLength: k }),
        factors: fc.array(fc.array(number, { minLength: k, maxLength: k }), { minLength: 1, maxLength: 8 }),
        reach: fc.double({ min: 0, max: 4, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ sums, factors, reach }) => {
        const covariance = sums.flatMap((_, i) =>
          sums.map((__, j) => factors.reduce((total, factor) => total + factor[i] * factor[j], 0)),
        );
        expect(largestSignedSum(sums, covariance, reach)).toBeCloseTo(allSigns(sums, covariance, reach), 9);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses no sums, and more than it can look through", () => {
    expect(() => largestSignedSum([], [], 1)).toThrow("from 1 to 20 sums can be signed; got 0");
    expect(() => largestSignedSum(new Array(21).fill(0), new Array(441).fill(0), 1)).toThrow("got 21");
  });
});
