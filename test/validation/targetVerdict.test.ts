import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EstimateOrReason } from "../../src/core/statistics/Estimate.js";
import { targetVerdict } from "../../src/validation/targetVerdict.js";

const between = (low: number, high: number): EstimateOrReason => ({
  value: (low + high) / 2,
  interval: { low, high, level: 0.95, method: "by hand" },
  reason: null,
});
const unknown: EstimateOrReason = { value: null, interval: null, reason: "the table has no dates" };
const target = { direction: "atLeast", threshold: 0.85 } as const;
const verdict = (measured: EstimateOrReason, favourable: number | null = null, rows = 100) =>
  targetVerdict(target, { measured, favourable, rows });

describe("targetVerdict", () => {
  it("is decided by the bound, not by the point", () => {
    expect(verdict(between(0.85, 0.95)).verdict).toBe("MET");
    expect(verdict(between(0.84, 0.95)).verdict).toBe("UNKNOWN");
    expect(verdict(between(0.7, 0.849)).verdict).toBe("NOT MET");
  });

  it("is UNATTAINABLE only where the favourable end of the ceiling is below the target, whatever was measured", () => {
    expect(verdict(between(0.7, 0.8), 0.84).verdict).toBe("UNATTAINABLE");
    expect(verdict(unknown, 0.84).verdict).toBe("UNATTAINABLE");
    expect(verdict(between(0.7, 0.8), 0.86).verdict).toBe("NOT MET");
    expect(verdict(between(0.7, 0.8), null).verdict).toBe("NOT MET");
    const width = { direction: "atMost", threshold: 0.5 } as const;
    const wide = { measured: between(0.6, 0.8), rows: 9 };
    expect(targetVerdict(width, { ...wide, favourable: 0.52 }).verdict).toBe("UNATTAINABLE");
    expect(targetVerdict(width, { ...wide, favourable: 0.48 }).verdict).toBe("NOT MET");
  });

  it("is UNKNOWN with its reason where nothing was measured, no interval holds, or rows are too few", () => {
    expect(verdict(unknown)).toEqual({ verdict: "UNKNOWN", reason: "the table has no dates" });
    expect(verdict({ value: 0.9, interval: null, reason: "one laboratory" }).reason).toBe(
      "no interval: one laboratory",
    );
    const few = { measured: between(0.9, 0.95), favourable: null, rows: 59 };
    expect(targetVerdict({ ...target, fewest: 60 }, few)).toEqual({
      verdict: "UNKNOWN",
      reason: "59 rows, and 60 are needed",
    });
  });

  it("never says MET of what lies below, nor NOT MET of what lies above", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { verdict: word } = verdict(between(low, high));
        if (word === "MET") expect(low).toBeGreaterThanOrEqual(0.85);
        if (word === "NOT MET") expect(high).toBeLessThan(0.85);
      }),
    );
  });
});
