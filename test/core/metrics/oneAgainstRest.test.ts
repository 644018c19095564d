import { describe, expect, it } from "vitest";
import { oneAgainstRest } from "../../../src/core/metrics/oneAgainstRest.js";

describe("oneAgainstRest", () => {
  it("takes one column and marks its rows", () => {
    expect(oneAgainstRest([0, 2], [0.5, 0.25, 0.25, 0, 0.25, 0.75], 2)).toEqual({
      labels: Uint8Array.of(0, 1),
      scores: Float64Array.of(0.25, 0.75),
    });
  });

  it("refuses a class without a column", () => {
    expect(() => oneAgainstRest([0], [0.5, 0.5], 2)).toThrow(
      /class asked for: labels must be codes below 2; row 0 has 2/,
    );
  });
});
