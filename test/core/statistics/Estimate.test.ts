import { describe, expect, it } from "vitest";
import { estimateOf, knownEstimate } from "../../../src/core/statistics/Estimate.js";

const interval = { low: 0.2, high: 0.4, level: 0.9, method: "Wilson" };

describe("estimateOf", () => {
  it("widens the interval to hold the value, and keeps its level and method", () => {
    expect(estimateOf(0.1, interval)).toEqual({ value: 0.1, interval: { ...interval, low: 0.1 } });
    expect(estimateOf(0.3, interval)).toEqual({ value: 0.3, interval });
  });
});

describe("knownEstimate", () => {
  it("refuses what has no interval, with its reason", () => {
    expect(knownEstimate({ value: 0.5, interval, reason: null }, "area").interval.high).toBe(0.5);
    expect(() => knownEstimate({ value: 0.5, interval: null, reason: "one batch only" }, "area")).toThrow(
      "area cannot be judged: one batch only",
    );
  });
});
