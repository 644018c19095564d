import { describe, expect, it } from "vitest";
import { checkProbabilities } from "../../../src/core/metrics/checkProbabilities.js";

describe("checkProbabilities", () => {
  it("returns the number of classes and forgives the rounding of float32", () => {
    expect(checkProbabilities([0.2, 0.8, 1, 0], 2, "f")).toBe(2);
    expect(checkProbabilities(Float32Array.of(1 / 3, 1 / 3, 1 / 3), 1, "f")).toBe(3);
  });

  it("names the row whose sum is not 1, and the class that leaves [0, 1]", () => {
    expect(() => checkProbabilities([0.2, 0.8, 0.5, 0.4], 2, "f")).toThrow(
      "row 1 sums to 0.9; turn scores into probabilities first",
    );
    expect(() => checkProbabilities([0.2, 0.8, 1.5, -0.5], 2, "f")).toThrow("row 1, class 0 has 1.5");
    expect(() => checkProbabilities([NaN, 1], 1, "f")).toThrow("row 0, class 0 has NaN");
    expect(() => checkProbabilities([0.5, 0.5, 1], 2, "f")).toThrow("got 3 for 2 rows");
    expect(() => checkProbabilities([], 0, "f")).toThrow("got 0 for 0 rows");
  });
});
