import { describe, expect, it } from "vitest";
import { formulaElements, formulaMass } from "../../src/chemistry/formulaElements.js";

describe("formulaElements", () => {
  it("counts through brackets, water of crystals, multiples and subscripts", () => {
    expect(Object.fromEntries(formulaElements("Pb(CH3COO)2·3H2O")!)).toEqual({ Pb: 1, C: 4, H: 12, O: 7 });
    expect(Object.fromEntries(formulaElements("2PbCO3·Pb(OH)2")!)).toEqual({ Pb: 3, C: 2, O: 8, H: 2 });
    expect(Object.fromEntries(formulaElements("Cs₂CO₃")!)).toEqual({ Cs: 2, C: 1, O: 3 });
    expect(Object.fromEntries(formulaElements("[N(CH3)4]Br")!)).toEqual({ N: 1, C: 4, H: 12, Br: 1 });
  });

  it.each(["", "oleic acid", "Xx2", "Pb(OH", "Pb)OH", "pbbr2", "PbBr2·", "Pb-Br"])(
    "tells that %j is no formula",
    (text) => {
      expect(formulaElements(text)).toBeNull();
      expect(formulaMass(text)).toBeNull();
    },
  );

  it("weighs as suppliers write it: caesium carbonate 325.82, lead bromide 367.01 g/mol", () => {
    expect(formulaMass("Cs2CO3")).toBeCloseTo(325.82, 1);
    expect(formulaMass("PbBr2")).toBeCloseTo(367.01, 1);
  });
});
