import { describe, expect, it } from "vitest";
import { checkCodes } from "../../../src/core/metrics/checkCodes.js";

describe("checkCodes", () => {
  it("passes codes, and names caller, row and value of what is none", () => {
    expect(() => checkCodes([0, 2, 1], 3, "f")).not.toThrow();
    for (const bad of [3, -1, 0.5, NaN])
      expect(() => checkCodes([0, bad], 3, "f")).toThrow(`f: labels must be codes below 3; row 1 has ${bad}`);
  });
});
