import { describe, expect, it } from "vitest";
import { alternativeText } from "../../src/figures/alternativeText.js";

describe("alternativeText", () => {
  it("leaves out a sentence that does not apply, with its space", () => {
    expect(alternativeText("A bar per class.", null, "Dashed line at 0.2.")).toBe(
      "A bar per class. Dashed line at 0.2.",
    );
    expect(alternativeText(null)).toBe("");
  });
});
