import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerBound } from "../../src/core/lowerBound.js";

describe("lowerBound", () => {
  it("is how many of ascending numbers lie below the bound, ties not counted", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 })), fc.integer({ min: -25, max: 25 }), (values, bound) => {
        const ascending = values.toSorted((a, b) => a - b);
        expect(lowerBound(ascending, bound)).toBe(values.filter((value) => value < bound).length);
      }),
    );
  });
});
