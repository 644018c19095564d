import fc from "fast-check";
import { expect, it } from "vitest";
import { groupedDigits } from "../../src/core/groupedDigits.js";

it("groupedDigits writes whole numbers as the language's own formatting does", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(groupedDigits(value)).toBe(value.toLocaleString("en-GB"));
    }),
  );
  expect(["0", "999", "1,000", "-1,234,567"]).toEqual([0, 999, 1000, -1_234_567].map(groupedDigits));
});
