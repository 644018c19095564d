import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";

describe("clopperPearson", () => {
  it("has closed forms at no hits and at all hits", () => {
    for (const n of [1, 10, 1730]) {
      expect(clopperPearson(0, n, { side: "upper" })).toMatchObject({
        low: 0,
        high: expect.closeTo(1 - 0.05 ** (1 / n), 12) as number,
      });
      expect(clopperPearson(n, n).low).toBeCloseTo(0.025 ** (1 / n), 12);
      expect(clopperPearson(n, n).high).toBe(1);
    }
  });

  it("of 5 in 100 is 1.64 to 11.28 %", () => {
    const { low, high } = clopperPearson(5, 100);
    expect(low).toBeCloseTo(0.01643188, 7);
    expect(high).toBeCloseTo(0.1128349, 6);
  });

  it("leaves at most 2.5 % in each tail: at its ends the binomial tail is 2.5 % exactly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }).chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n))),
        ([hits, n]) => {
          const { low, high } = clopperPearson(hits, n);
          expect(1 - below(hits - 1, n, low)).toBeCloseTo(0.025, 9);
          expect(below(hits, n, high)).toBeCloseTo(0.025, 9);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("spends all of the error on the one side that is asked for, and says so", () => {
    const upper = clopperPearson(5, 100, { side: "upper" });
    expect(upper).toMatchObject({ low: 0, level: 0.95, method: "Clopper-Pearson, upper side" });
    expect(below(5, 100, upper.high)).toBeCloseTo(0.05, 9);
    const lower = clopperPearson(5, 100, { side: "lower", level: 0.9 });
    expect(lower).toMatchObject({ high: 1, level: 0.9, method: "Clopper-Pearson, lower side" });
    expect(1 - below(4, 100, lower.low)).toBeCloseTo(0.1, 9);
    expect(clopperPearson(5, 100).method).toBe("Clopper-Pearson");
  });

  it("refuses counts and levels that do not fit", () => {
    expect(() => clopperPearson(3, 2)).toThrow("got 3 of 2");
    expect(() => clopperPearson(0, 0)).toThrow(RangeError);
    for (const [hits, trials] of [
      [-1, 2],
      [0.5, 2],
      [1, 2.5],
      [NaN, 2],
      [1, Infinity],
    ])
      expect(() => clopperPearson(hits, trials)).toThrow("must be an integer in 0..trials");
    for (const level of [0, 1, NaN]) expect(() => clopperPearson(1, 2, { level })).toThrow("in (0, 1)");
  });
});

/** Probability of at most `hits` in `trials`, by summing the binomial. */
function below(hits: number, trials: number, share: number): number {
  let term = (1 - share) ** trials;
  let sum = term;
  for (let k = 1; k <= hits; k++) {
    term *= ((trials - k + 1) / k) * (share / (1 - share));
    sum += term;
  }
  return sum;
}
