import { describe, expect, it } from "vitest";
import { estimateInWords } from "../../../src/core/statistics/estimateInWords.js";
import { estimate } from "../../support/estimate.js";

describe("estimateInWords", () => {
  it("writes value and interval with three decimals, and no sign before nothing", () => {
    expect(estimateInWords(estimate(0.71671, 0.7, 12.34567))).toBe("0.717 [0.700, 12.346]");
    expect(estimateInWords(estimate(-0.0051, -0.0123, -0.0004))).toBe("-0.005 [-0.012, 0.000]");
  });
});
