import { describe, expect, it } from "vitest";
import { parameterValue } from "../../../src/commands/notebooks/parameterValue.js";

describe("parameterValue", () => {
  it.each([
    ["2", 2],
    ["-2.50", -2.5],
    ["1e5", 100_000],
    ["1_000", 1000],
    ["True", true],
    ["false", false],
    ["None", null],
    ["null", null],
    ["-inf", -Infinity],
    ["nan", NaN],
    ["abc", "abc"],
    ["", ""],
    ["0x10", "0x10"],
    ["1 2", "1 2"],
    ["TRUE", "TRUE"],
  ])("reads %j as papermill does", (text, value) => {
    expect(parameterValue(text, "-p")).toBe(value);
  });

  it("refuses a whole number that would be rounded", () => {
    expect(() => parameterValue("9007199254740993", "-p")).toThrow(/must be at most 2\^53 - 1; got 9007199254740993/);
  });
});
