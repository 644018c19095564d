import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percent, type PercentOptions } from "../../src/core/percent.js";

describe("percent", () => {
  it.each<readonly [number, PercentOptions, string]>([
    [0.07, {}, "7 %"],
    [1 - 0.05, {}, "95 %"],
    [1 / 3, {}, "33.3333 %"],
    [0.9, { decimals: 1 }, "90.0 %"],
    [0.995, { decimals: 0 }, "100 %"],
    [0.125, { decimals: 2, zeros: false }, "12.5 %"],
    [2 / 3, { significant: 3 }, "66.7 %"],
    [0.5, { significant: 2 }, "50 %"],
    [0.001, { significant: 2, zeros: true }, "0.10 %"],
  ])("writes %d with %o as %s", (share, options, text) => {
    expect(percent(share, options)).toBe(text);
  });

  it("gives back the share to the digits asked for", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(Number.parseFloat(percent(share, { decimals: 3 })) / 100).toBeCloseTo(share, 4);
        expect(Number.parseFloat(percent(share, { significant: 17 }))).toBe(100 * share);
      }),
    );
  });
});
