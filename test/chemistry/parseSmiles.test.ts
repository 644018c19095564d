import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementMasses } from "../../src/chemistry/elementMasses.js";
import { formulaMass } from "../../src/chemistry/formulaElements.js";
import { parseSmiles } from "../../src/chemistry/parseSmiles.js";

function massOf(smiles: string): number {
  return parseSmiles(smiles)!.atoms.reduce(
    (sum, { element, hydrogens }) => sum + elementMasses[element] + hydrogens * elementMasses.H,
    0,
  );
}

describe("parseSmiles", () => {
  it.each([
    ["C1=CC=C(C=C1)CC[NH3+].[I-]", "C8H12NI", 10, 9],
    ["c1ccccc1CC[NH3+].[I-]", "C8H12NI", 10, 9],
    ["C(=[NH2+])(N)N.[I-]", "CH6N3I", 5, 3],
    ["C1C[NH+]2CCC1CC2.[I-]", "C7H14NI", 9, 9],
    ["[I-].[NH3+](CCC1=CC=C(C=C1)OC)", "C9H14NOI", 12, 11],
    ["C1(=CC=C(C=C1)C(F)(F)F)[NH3+].[I-]", "C7H7F3NI", 12, 11],
    ["c1ccncc1", "C5H5N", 6, 6],
    ["c1cc[nH]c1", "C4H5N", 5, 5],
    ["c1ccsc1", "C4H4S", 5, 5],
    ["CS(=O)(=O)O", "CH4SO3", 5, 4],
    ["C%12CCCCC%12", "C6H12", 6, 6],
    ["F/C=C/Cl", "C2H2FCl", 4, 3],
    ["N[C@@H](C)C(=O)O", "C3H7NO2", 6, 5],
    ["[13CH4]", "CH4", 1, 0],
    ["[Pb+2].[Br-].[Br-]", "PbBr2", 3, 0],
  ])("reads %s as %s", (smiles, formula, atoms, bonds) => {
    const molecule = parseSmiles(smiles)!;
    expect([molecule.atoms.length, molecule.bonds.length]).toEqual([atoms, bonds]);
    expect(massOf(smiles)).toBeCloseTo(formulaMass(formula)!, 6);
  });

  it("reads charges written by digits or by signs", () => {
    expect(["[Ca++]", "[Ca+2]", "[O--]", "[OH-]"].map((text) => parseSmiles(text)!.atoms[0].charge)).toEqual([
      2, 2, -2, -1,
    ]);
  });

  it.each(["", "C(", "C)", "C1CC", "C==C", "=C", "C=", "[Xy]", "C..C", ".C", "C.", "[NH3+", "hello", "C(.C)", "C11"])(
    'says that "%s" is none',
    (text) => {
      expect(parseSmiles(text)).toBeNull();
    },
  );

  it("never fails, whatever text comes", () => {
    const letters = fc.constantFrom(..."CNOBrcl[]()=#123%+-.@H /\\");
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), (text) => {
        const molecule = parseSmiles(text.join(""));
        return molecule === null || molecule.bonds.every(({ from, to }) => from !== to && to < molecule.atoms.length);
      }),
    );
  });
});
