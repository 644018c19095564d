import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tidyText } from "../../src/core/tidyText.js";

describe("tidyText", () => {
  it.each([
    ["B12 ", "B12"],
    ["\tB12\r\n", "B12"],
    ["B12\u00a0", "B12"],
    ["lab\u00a002", "lab 02"],
    ["lab\u202f02\u2009b", "lab 02 b"],
    ["\ufeffB12", "B12"],
    ["B\u200b12\u2060", "B12"],
    ["B12\u200d\u200e", "B12"],
    ["e\u0301tude", "étude"],
    ["\u212b", "Å"],
    ["a  b", "a  b"],
    ["two\nlines", "two\nlines"],
    ["\u00a0", ""],
    ["", ""],
  ])("makes %j %j", (text, tidy) => {
    expect(tidyText(text)).toBe(tidy);
  });

  it("keeps case, punctuation and joiners within a text", () => {
    for (const text of ["b12", "B-12", "👩‍🔬 1", "CsPbBr3 (orthorhombic)", "μ"]) expect(tidyText(text)).toBe(text);
  });

  it("leaves a tidy text alone, whatever it was made of", () => {
    const letter = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 1 }),
      fc.constantFrom(" ", "\u00a0", "\u200b", "\u200d", "\u0301", "\ufeff", "\n", "e", "\u1100", "\u1161"),
    );
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 12 }), (letters) => {
        const tidy = tidyText(letters.join(""));
        expect(tidyText(tidy)).toBe(tidy);
        expect(tidy.trim()).toBe(tidy);
        expect(tidy.normalize("NFC")).toBe(tidy);
      }),
      { numRuns: 2000 },
    );
  });
});
