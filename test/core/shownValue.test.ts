import { describe, expect, it } from "vitest";
import { shownValue } from "../../src/core/shownValue.js";

describe("shownValue", () => {
  it("has words for whatever comes, also where JSON has none", () => {
    const ring: Record<string, unknown> = {};
    ring.ring = ring;
    expect([NaN, "a", [1], undefined, 1n, ring].map(shownValue)).toEqual([
      "NaN",
      '"a"',
      "[1]",
      "undefined",
      "1n",
      "an object that JSON has no text for",
    ]);
    expect(shownValue("x".repeat(500))).toHaveLength(100);
  });
});
