import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { philoxUniform } from "../../src/core/philoxUniform.js";

describe("philoxUniform", () => {
  it("lies strictly inside (0, 1) at both ends", () => {
    expect([philoxUniform(0), philoxUniform(0xffffffff)]).toEqual([2 ** -24, 1 - 2 ** -24]);
  });

  it("is the same number in float32, for any word", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (word) => {
      const u = philoxUniform(word);
      expect(Math.fround(u)).toBe(u);
      // Each number stands for 512 words, and lies in the middle of them.
      expect(Math.abs(u - (word + 0.5) / 2 ** 32)).toBeLessThanOrEqual(2 ** -24);
    }));
  });
});
