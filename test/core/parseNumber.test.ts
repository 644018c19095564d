import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNumber } from "../../src/core/parseNumber.js";

describe("parseNumber", () => {
  it("reads every number as JavaScript prints it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value + 0);
      }),
    );
  });

  it("takes empty cells and the words NaN, NA, null for missing", () => {
    for (const text of [null, "", " ", "NaN", "na", "NULL"]) expect(parseNumber(text)).toBeNaN();
  });

  it("refuses units, commas, hexadecimal, separators and infinity", () => {
    for (const text of ["25 °C", "1,5", "0x10", "1_000", "Infinity", "1e999", "-", "."])
      expect(parseNumber(text)).toBeUndefined();
  });
});
