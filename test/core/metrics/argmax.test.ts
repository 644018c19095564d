import { describe, expect, it } from "vitest";
import { argmax } from "../../../src/core/metrics/argmax.js";

describe("argmax", () => {
  it("is the code of the largest probability, the lowest among equals", () => {
    expect(Array.from(argmax([0.1, 0.7, 0.2, 0.4, 0.2, 0.4, 0, 0, 1], 3))).toEqual([1, 0, 2]);
  });

  it("refuses a length that is no multiple of the classes", () => {
    expect(() => argmax([1, 0, 0], 2)).toThrow("multiple of the 2 classes; got 3");
  });
});
