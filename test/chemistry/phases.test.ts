import { describe, expect, it } from "vitest";
import { compounds, phaseCode, phaseNames } from "../../src/chemistry/phases.js";

describe("compounds", () => {
  it("balance charge: Cs+ and Pb2+ against Br-", () => {
    for (const { caesium, lead, bromide } of Object.values(compounds)) expect(caesium + 2 * lead).toBe(bromide);
  });

  it("have the molar masses of the handbooks, g/mol", () => {
    expect(compounds.CsPbBr3.molarMass).toBeCloseTo(579.8, 1);
    expect(compounds.Cs4PbBr6.molarMass).toBeCloseTo(1218.2, 0);
    expect(compounds.CsPb2Br5.molarMass).toBeCloseTo(946.8, 1);
  });

  it("have densities that solids of lead and bromide can have", () => {
    const density = (name: keyof typeof compounds): number =>
      compounds[name].molarMass / 6.02214076e23 / (compounds[name].formulaVolume * 1e-21);
    expect(density("CsPbBr3")).toBeCloseTo(4.84, 1);
    for (const name of ["Cs4PbBr6", "CsPb2Br5"] as const) {
      expect(density(name)).toBeGreaterThan(4);
      expect(density(name)).toBeLessThan(6.5);
    }
  });
});

describe("phaseCode", () => {
  it("is the place among the five classes", () => {
    expect(phaseNames.map(phaseCode)).toEqual([0, 1, 2, 3, 4]);
    expect(() => phaseCode("CsPbBr4")).toThrow(
      "must be one of CsPbBr3, Cs4PbBr6, CsPb2Br5, coexistence, no target product",
    );
  });
});
