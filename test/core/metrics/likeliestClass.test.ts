import { describe, expect, it } from "vitest";
import { likeliestClass } from "../../../src/core/metrics/likeliestClass.js";

describe("likeliestClass", () => {
  it("is the code of the largest probability, the lowest among equals", () => {
    expect(Array.from(likeliestClass([0.1, 0.7, 0.2, 0.4, 0.2, 0.4, 0, 0, 1], 3))).toEqual([1, 0, 2]);
  });

  it("refuses a length that is no multiple of the classes", () => {
    expect(() => likeliestClass([1, 0, 0], 2)).toThrow("multiple of the 2 classes; got 3");
  });
});
