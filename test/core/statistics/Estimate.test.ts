import { describe, expect, it } from "vitest";
import { estimateInWords } from "../../../src/core/statistics/Estimate.js";

describe("estimateInWords", () => {
  it("writes value and interval with three decimals, and no sign before nothing", () => {
    expect(estimateInWords({ value: 0.71671, low: 0.7, high: 12.34567 })).toBe("0.717 [0.700, 12.346]");
    expect(estimateInWords({ value: -0.0051, low: -0.0123, high: -0.0004 })).toBe("-0.005 [-0.012, 0.000]");
  });
});
