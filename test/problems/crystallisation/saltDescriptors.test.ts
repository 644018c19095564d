import { describe, expect, it } from "vitest";
import { formulaMass } from "../../../src/chemistry/formulaElements.js";
import { readRealTable } from "../../../src/experiments/dataStore.js";
import { textsOf } from "../../../src/core/Table.js";
import { describeSalt, saltDescriptors } from "../../../src/problems/crystallisation/saltDescriptors.js";
import { hasRealData, realData } from "../../support/realData.js";

const described = (smiles: string): Record<string, number> =>
  Object.fromEntries(saltDescriptors.map((name, j) => [name, describeSalt(smiles)![j]]));

describe("describeSalt", () => {
  it("counts what stands in the cation of phenethylammonium iodide", () => {
    const own = described("C1=CC=C(C=C1)CC[NH3+].[I-]");
    expect(own.cationMass).toBeCloseTo(formulaMass("C8H12N")!, 6);
    expect(own).toMatchObject({
      carbons: 8,
      nitrogens: 1,
      positiveCharge: 1,
      hydrogensOnNitrogen: 3,
      carbonsOnNitrogen: 1,
      aromaticAtoms: 6,
      rings: 1,
      ringAtoms: 6,
      branchedAtoms: 1,
      rotatableBonds: 2,
      longestPath: 6,
      bromideShare: 0,
    });
  });

  it("describes one salt alike however it is written", () => {
    expect(describeSalt("c1ccccc1C[NH3+].[I-]")).toEqual(describeSalt("[I-].C1=CC=C(C=C1)C[NH3+]"));
    const formamidinium = ["C(=N)[NH3+].[I-]", "C(=[NH2+])N.[I-]"].map((smiles) => described(smiles));
    expect(formamidinium[0]).toEqual(formamidinium[1]);
  });

  it("tells bromides from iodides, two rings from one, and two charges from one", () => {
    expect(described("C[NH3+].[Br-]").bromideShare).toBe(1);
    expect(described("C1C[NH+]2CCC1CC2.[I-]")).toMatchObject({ rings: 2, ringAtoms: 8, rotatableBonds: 0 });
    expect(described("C(C[NH3+])[NH3+].[I-].[I-]").positiveCharge).toBe(2);
  });

  it.each(["", "no salt", "CCO", "[I-]"])('has nothing to say of "%s"', (text) => {
    expect(describeSalt(text)).toBeNull();
  });

  it.skipIf(!hasRealData)(
    "describes every salt of the campaigns, each unlike all others (skipped without ../shared/real-data)",
    async () => {
      const { table } = await readRealTable("crystallisation-campaigns", { folder: realData });
      const salts = [...new Set(textsOf(table, "organicSmiles"))].filter((smiles) => smiles !== "");
      const texts = salts.map((smiles) => describeSalt(smiles)!.join());
      expect(salts).toHaveLength(50);
      expect(new Set(texts).size).toBe(50);
    },
  );
});
