import { describe, expect, it } from "vitest";
import { leastEstimate } from "../../../src/core/statistics/leastEstimate.js";
import { estimate } from "../../support/estimate.js";

describe("leastEstimate", () => {
  it("lies between the least of the low and the least of the high ends, at the level of each", () => {
    expect(leastEstimate([estimate(0.5, 0.3, 0.9, 0.99), estimate(0.6, 0.55, 0.7, 0.99)])).toEqual({
      value: 0.5,
      interval: {
        low: 0.3,
        high: 0.7,
        level: 0.99,
        method: "made up, least of 2, which hold together with at least 98 %",
      },
    });
  });

  it("refuses nothing, and intervals that are not alike", () => {
    expect(() => leastEstimate([])).toThrow("at least one estimate is needed");
    expect(() => leastEstimate([estimate(1, 0, 2), estimate(1, 0, 2, 0.9)])).toThrow(
      "all intervals need one level; got 0.95 and 0.9",
    );
  });
});
