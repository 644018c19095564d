import { describe, expect, it } from "vitest";
import { nearEqualLevels } from "../../src/core/nearEqualLevels.js";

describe("nearEqualLevels", () => {
  it.each([
    [["B12", "B13", "b12 ", "B-12", "B_12", "B 12"], [["B12", "b12 ", "B-12", "B_12", "B 12"]]],
    [["2024-01-02", "2024/01/02", "20240102"], [["2024-01-02", "2024/01/02"]]],
    [["Lab (A)", "lab a", "LAB.A", "lab b"], [["Lab (A)", "lab a", "LAB.A"]]],
    [["CsPbBr3", "cspbbr3", "CsPb2Br5"], [["CsPbBr3", "cspbbr3"]]],
    [["m²", "m2"], [["m²", "m2"]]],
    [
      ["b", "a", "B", "A"],
      [
        ["b", "B"],
        ["a", "A"],
      ],
    ],
  ])("of %j groups %j", (levels, groups) => {
    expect(nearEqualLevels(levels)).toEqual(groups);
  });

  it.each([
    [["1.5", "15"]],
    [["-1", "1"]],
    [["B1-2", "B12"]],
    [["lead bromide+caesium bromide", "lead bromide", "caesium bromide"]],
    [["-", "+", "", "?", "."]],
    [["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"]],
    [["B12", "B12"]],
  ])("finds no two of %j near", (levels) => {
    expect(nearEqualLevels(levels)).toEqual([]);
  });
});
