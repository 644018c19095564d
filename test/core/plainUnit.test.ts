import { describe, expect, it } from "vitest";
import { plainUnit } from "../../src/core/plainUnit.js";

describe("plainUnit", () => {
  it.each([
    ["°C", "°C"],
    ["[deg C]", "°C"],
    ["º C", "°C"],
    ["(mM)", "mmol/L"],
    ["M", "mol/L"],
    ["mol L⁻¹", "mol/L"],
    ["mol·L-1", "mol/L"],
    ["\u03bcL", "µL"],
    [" sec ", "s"],
    ["a.u.", "1"],
    ["-", "1"],
  ])("writes %j as %s", (text, unit) => {
    expect(plainUnit(text)).toBe(unit);
  });

  it.each(["", "MM", "S", "CsPbBr3", "5 s", "mM s", "constructor"])("takes %j for no unit", (text) => {
    expect(plainUnit(text)).toBeUndefined();
  });
});
