import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../src/core/Matrix.js";
import { checkFeatureNames } from "../../src/training/checkFeatureNames.js";

const features = (...names: string[]): ReturnType<typeof makeMatrix> =>
  makeMatrix(names, new Float32Array(names.length));

describe("checkFeatureNames", () => {
  it("accepts the features of training in their order", () => {
    expect(() => checkFeatureNames(["a", "b"], features("a", "b"), "test")).not.toThrow();
  });

  it.each([
    [features("b", "a"), "test: features must be the 2 of training, in their order; column 0 is b, not a"],
    [features("a"), "column 1 is missing, not b"],
    [features("a", "b", "c"), "column 2 is c, not to be there"],
  ])("names the caller and the first wrong column", (wrong, words) => {
    expect(() => checkFeatureNames(["a", "b"], wrong, "test")).toThrow(words);
  });
});
