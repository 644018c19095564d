import { describe, expect, it } from "vitest";
import { topLabel } from "../../../src/core/metrics/topLabel.js";

describe("topLabel", () => {
  it("is the largest probability of each row, and whether its class is the true one", () => {
    expect(topLabel([1, 0], [0.25, 0.75, 0.25, 0.75])).toEqual({
      probabilities: Float64Array.of(0.75, 0.75),
      correct: Uint8Array.of(1, 0),
    });
  });

  it("cuts what float32 lets a probability exceed 1 by", () => {
    expect(topLabel([0], [1.0000001, 0]).probabilities[0]).toBe(1);
  });
});
