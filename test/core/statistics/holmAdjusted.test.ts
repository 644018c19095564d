import fc from "fast-check";
import { expect, it } from "vitest";
import { holmAdjusted } from "../../../src/core/statistics/holmAdjusted.js";

it("holmAdjusted multiplies the smallest by all, the next by one less, and never falls below one before", () => {
  const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((value, i) => expect(adjusted[i]).toBeCloseTo(value, 12));
  expect(holmAdjusted([0.9, 0.8])).toEqual([1, 1]);
  expect(holmAdjusted([])).toEqual([]);
});

it("holmAdjusted is never below the raw probability, never above Bonferroni's, and keeps the order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (pValues) => {
      const adjusted = holmAdjusted(pValues);
      pValues.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * pValues.length));
        pValues.forEach((other, j) => expect(p < other && adjusted[i] > adjusted[j]).toBe(false));
      });
    }),
  );
});
