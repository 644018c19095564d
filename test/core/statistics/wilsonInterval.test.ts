import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../../src/core/statistics/wilsonInterval.js";

describe("wilsonInterval", () => {
  it("of 5 in 100 is 2.15 to 11.18 %", () => {
    const { low, high } = wilsonInterval(5, 100);
    expect(low).toBeCloseTo(0.0215436, 6);
    expect(high).toBeCloseTo(0.1117505, 6);
  });

  it("solves (share - p)² = z² p (1 - p) / n at both ends", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1000 }).chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n))),
        ([hits, n]) => {
          const { low, high } = wilsonInterval(hits, n, { level: 0.9 });
          for (const p of [low, high]) expect((hits / n - p) ** 2).toBeCloseTo((1.644853627 ** 2 * p * (1 - p)) / n, 9);
        },
      ),
    );
  });

  it("starts at 0 without hits, ends at 1 with nothing else, and mirrors", () => {
    expect(wilsonInterval(0, 10).low).toBe(0);
    expect(wilsonInterval(10, 10).high).toBe(1);
    expect(wilsonInterval(3, 10).low).toBeCloseTo(1 - wilsonInterval(7, 10).high, 12);
  });

  it("refuses counts that do not fit and levels without a quantile", () => {
    expect(() => wilsonInterval(-1, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(1, 2, { level: 0.5 })).toThrow("must be one of 0.8, 0.9, 0.95, 0.99; got 0.5");
  });
});
