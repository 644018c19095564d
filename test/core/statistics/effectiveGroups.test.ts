import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveGroups } from "../../../src/core/statistics/effectiveGroups.js";

describe("effectiveGroups", () => {
  it("counts equal groups, and no group without rows", () => {
    expect(effectiveGroups([7, 7, 7, 7])).toBe(4);
    expect(effectiveGroups([7, 0, 7])).toBe(2);
  });

  it("is 9.5 for the 21 papers that name a phase, and 5.2 for the 13 that name a size", () => {
    expect(effectiveGroups([19, 12, 11, 6, 6, 5, 4, 4, 4, 3, 2, 2, ...Array<number>(9).fill(1)])).toBeCloseTo(9.497, 3);
    expect(effectiveGroups([19, 12, 11, 6, 4, ...Array<number>(8).fill(1)])).toBeCloseTo(5.248, 3);
  });

  it("lies between 1 and the number of groups, and is the same in other units", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 }), (sizes) => {
        const effective = effectiveGroups(sizes);
        expect(effective).toBeGreaterThanOrEqual(1 - 1e-12);
        expect(effective).toBeLessThanOrEqual(sizes.length + 1e-9);
        expect(effectiveGroups(sizes.map((size) => 3 * size))).toBeCloseTo(effective, 9);
      }),
    );
  });
});
