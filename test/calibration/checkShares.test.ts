import { describe, expect, it } from "vitest";
import { checkShares } from "../../src/calibration/checkShares.js";

describe("checkShares", () => {
  it("passes shares that sum to 1 and shows those that do not", () => {
    expect(() => checkShares([0.25, 0.75, 0], "f: trained")).not.toThrow();
    expect(() => checkShares([0.5, 0.6], "f: trained")).toThrow(
      "f: trained shares must be at least 0 and sum to 1; got [0.5, 0.6], sum 1.1; divide counts by their sum",
    );
    for (const bad of [[1.5, -0.5], [NaN, 1], []]) expect(() => checkShares(bad, "f")).toThrow(RangeError);
  });
});
