import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conformalRank, rowsNeeded } from "../../../src/uncertainty/conformal/conformalRank.js";

describe("conformalRank", () => {
  it("is above n exactly where rows are fewer than needed, and always at least 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 999 }), (n, permille) => {
        expect(conformalRank(n, permille / 1000) > n).toBe(n < rowsNeeded(permille / 1000));
        expect(conformalRank(n, permille / 1000)).toBe(Math.max(1, Math.ceil(((n + 1) * (1000 - permille)) / 1000)));
      }),
    );
    expect([conformalRank(0, 1 - 1e-12), rowsNeeded(1 - 1e-12)]).toEqual([1, 1]);
  });

  it("needs 9 rows for 90 %, 19 for 95 %, 99 for 99 %", () => {
    expect([0.1, 0.05, 0.01].map(rowsNeeded)).toEqual([9, 19, 99]);
  });
});
