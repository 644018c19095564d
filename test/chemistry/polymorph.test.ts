import { describe, expect, it } from "vitest";
import { growthPolymorph, polymorphNames } from "../../src/chemistry/polymorph.js";

describe("growthPolymorph", () => {
  it("is orthorhombic below 361 K, tetragonal to 403 K, cubic above; a border is of the hotter one", () => {
    const names = [-20, 25, 87.84, 87.85, 100, 129.84, 129.86, 170, 300].map(
      (celsius) => polymorphNames[growthPolymorph(celsius)],
    );
    expect(names).toEqual([
      "orthorhombic",
      "orthorhombic",
      "orthorhombic",
      "tetragonal",
      "tetragonal",
      "tetragonal",
      "cubic",
      "cubic",
      "cubic",
    ]);
  });

  it("has a name for every code", () => {
    expect(new Set([25, 100, 200].map(growthPolymorph))).toEqual(new Set(polymorphNames.keys()));
  });
});
