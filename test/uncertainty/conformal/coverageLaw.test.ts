import { describe, expect, it } from "vitest";
import { coverageLaw } from "../../../src/uncertainty/conformal/coverageLaw.js";
import { law } from "../../support/goldenConformal.js";

describe("coverageLaw", () => {
  it("is the beta law of the golden script", () => {
    for (const [name, { k, mean, q05, q95 }] of Object.entries(law.expected)) {
      const [, n, alpha] = /^n=(\d+),alpha=([\d.]+)$/.exec(name)!;
      const ours = coverageLaw(Number(n), Number(alpha), { level: 0.9 });
      expect(ours.rank).toBe(k);
      expect(Math.abs(ours.mean - mean)).toBeLessThan(1e-9);
      expect(Math.abs(ours.low - q05)).toBeLessThan(1e-9);
      expect(Math.abs(ours.high - q95)).toBeLessThan(1e-9);
    }
  });

  it("is uniform over the counts where n = 1 and alpha = 0.5: quantiles are those of 0 .. m", () => {
    const { low, high, mean, sd } = coverageLaw(1, 0.5, { testRows: 9, level: 0.8 });
    expect([low, high]).toEqual([0, 8 / 9]);
    expect(mean).toBe(0.5);
    expect(sd).toBeCloseTo(Math.sqrt(99 / 12) / 9, 12);
  });

  it("nears the beta law as test rows grow, and is wider than it and than the binomial", () => {
    const limit = coverageLaw(100, 0.1);
    const many = coverageLaw(100, 0.1, { testRows: 200_000 });
    expect(Math.abs(many.low - limit.low)).toBeLessThan(1e-3);
    expect(Math.abs(many.high - limit.high)).toBeLessThan(1e-3);
    const few = coverageLaw(100, 0.1, { testRows: 100 });
    expect(few.sd).toBeGreaterThan(limit.sd);
    expect(few.sd).toBeGreaterThan(1.3 * Math.sqrt((0.9 * 0.1) / 100));
  });

  it("takes ranks that rounding would push up: 10 · (1 - 0.7) is 3", () => {
    expect(coverageLaw(9, 0.7).rank).toBe(3);
    expect(coverageLaw(9, 0.1).rank).toBe(9);
  });

  it("refuses too few rows with the number needed, and what is no share, level or count", () => {
    expect(() => coverageLaw(8, 0.1)).toThrow("alpha = 0.1 needs at least 9 calibration rows; got 8");
    for (const alpha of [0, 1, NaN, -0.1])
      expect(() => coverageLaw(100, alpha)).toThrow(`must lie between 0 and 1; got ${alpha}`);
    expect(() => coverageLaw(100, 0.1, { level: 1 })).toThrow("the level must lie in (0, 1)");
    expect(() => coverageLaw(100, 0.1, { testRows: 0 })).toThrow("testRows must be an integer of at least 1; got 0");
    expect(() => coverageLaw(99.5, 0.1)).toThrow("got 99.5");
  });
});
