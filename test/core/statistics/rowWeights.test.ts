import { describe, expect, it } from "vitest";
import { rowWeights } from "../../../src/core/statistics/rowWeights.js";

describe("rowWeights", () => {
  it("are 1 each where none are given, and pass unchanged where they fit", () => {
    expect(Array.from(rowWeights(undefined, 2, "f"))).toEqual([1, 1]);
    const weights = [0, 2];
    expect(rowWeights(weights, 2, "f")).toBe(weights);
  });

  it("are refused, row and caller named, when negative, not finite, all 0 or too few", () => {
    expect(() => rowWeights(undefined, 0, "f")).toThrow("f: at least one row is needed; got none");
    expect(() => rowWeights([1, -2], 2, "f")).toThrow("f: weights must be finite and at least 0; row 1 has -2");
    expect(() => rowWeights([NaN, 1], 2, "f")).toThrow("row 0 has NaN");
    expect(() => rowWeights([1, Infinity], 2, "f")).toThrow("row 1 has Infinity");
    expect(() => rowWeights([0, 0], 2, "f")).toThrow(/all 2 are 0/);
    expect(() => rowWeights([1], 2, "f")).toThrow("got 1 weights for 2 rows");
  });
});
