import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { upperBound } from "../../src/core/upperBound.js";

describe("upperBound", () => {
  it("is how many numbers are at most the bound", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: -6, max: 6 }), (values, bound) => {
        const ascending = Float64Array.from(values).sort();
        expect(upperBound(ascending, bound)).toBe(values.filter((value) => value <= bound).length);
      }),
    );
  });
});
