import { describe, expect, it } from "vitest";
import { entropyTerm } from "../../../src/core/statistics/entropyTerm.js";

describe("entropyTerm", () => {
  it("sums to ln k over k equal probabilities, and is 0 where all is sure", () => {
    expect(Array.from({ length: 5 }, () => entropyTerm(0.2)).reduce((a, b) => a + b)).toBeCloseTo(Math.log(5), 14);
    expect([entropyTerm(0), entropyTerm(1)].map(Math.abs)).toEqual([0, 0]);
  });
});
