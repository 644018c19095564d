import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";

describe("normalQuantile", () => {
  // mpmath 1.3 with 60 digits: the root of ln(erfc(-z/√2)/2) - ln p.
  it.each([
    [0.975, 1.959963984540054],
    [0.6, 0.25334710313579978],
    [0.001, -3.0902323061678135],
    [1e-10, -6.3613409024040562],
    [1e-100, -21.273453560965324],
  ])("of %d is %d", (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) / expected - 1)).toBeLessThan(4e-15);
  });

  it("keeps 13 digits even at 1e-300", () => {
    expect(Math.abs(normalQuantile(1e-300) / -37.0470962993611992 - 1)).toBeLessThan(1e-13);
  });

  it("is 0 in the middle and infinite at the ends", () => {
    expect([0.5, 0, 1].map((p) => normalQuantile(p) + 0)).toEqual([0, -Infinity, Infinity]);
  });

  it("is symmetric about 1/2", () => {
    // Dyadic fractions, whose complement is exact.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 - 1 }), (k) => {
        const p = k / 2 ** 40;
        expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 13);
      }),
    );
  });

  it("ascends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 - 2 }), (k) => {
        expect(normalQuantile((k + 1) / 2 ** 30)).toBeGreaterThan(normalQuantile(k / 2 ** 30));
      }),
    );
  });

  it("is no number outside [0, 1]", () => {
    for (const outside of [-0.1, 1.1, Number.NaN]) expect(normalQuantile(outside)).toBeNaN();
  });
});
