import { describe, expect, it } from "vitest";
import { targetCounts } from "../../src/balancing/targetCounts.js";
import balancing from "../golden/balancing.json" with { type: "json" };

describe("targetCounts", () => {
  it("reads ratios as imbalanced-learn does", () => {
    for (const [ratio, { over, under }] of Object.entries(balancing["ratios, classes 0 and 1"])) {
      expect(targetCounts("x", [40, 14], Number(ratio), "over")).toEqual(Object.values(over));
      expect(targetCounts("x", [40, 14], Number(ratio), "under")).toEqual(Object.values(under));
    }
    expect(() => targetCounts("x", [40, 14], 1.5, "over")).toThrow("the ratio must lie in (0, 1]; got 1.5");
    expect(() => targetCounts("x", [40, 14], { 1: 20.5 }, "over")).toThrow(
      "the count of class 1 must be a whole number from 1; got 20.5",
    );
    expect(targetCounts("x", [5, 0, 3], "auto", "over")).toEqual([5, 0, 5]);
  });
});
