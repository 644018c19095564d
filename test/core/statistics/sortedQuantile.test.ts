import { describe, expect, it } from "vitest";
import { sortedQuantile } from "../../../src/core/statistics/sortedQuantile.js";

describe("sortedQuantile", () => {
  it("is numpy's default: linear between order statistics", () => {
    // numpy 1.26: np.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.9, 1])
    expect([0, 0.1, 0.5, 0.9, 1].map((p) => sortedQuantile([1, 2, 4, 8], p))).toEqual([
      1, 1.3, 3, 6.800000000000001, 8,
    ]);
  });

  it("is the one value of one", () => {
    expect(sortedQuantile(Float64Array.of(7), 0.9)).toBe(7);
  });
});
