import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixture, mixtureColumns, mixtureParts } from "../../src/chemistry/mixture.js";
import { builtInReagents, findReagent } from "../../src/chemistry/reagentList.js";
import { type Quantity, reagentAmount, type ReagentAmount } from "../../src/chemistry/reagentAmount.js";

const of = (name: string, quantity: Quantity): ReagentAmount =>
  reagentAmount(findReagent(builtInReagents, name)!, quantity);
const liquids = builtInReagents.reagents.filter(({ density, molarMass }) => density !== null && molarMass !== null);
const anyAmount = fc
  .tuple(fc.constantFrom(...liquids), fc.constantFrom("gram", "millilitre", "millimole"), fc.nat(1000))
  .map(([reagent, unit, value]) => reagentAmount(reagent, { [unit]: value / 10 } as unknown as Quantity));

/** 5 mL octadecene, 0.5 mL each of pure oleic acid and oleylamine, 69 mg PbBr2; 0.4 mL of 0.125 M caesium oleate. */
const classic = [
  of("ODE", { millilitre: 5 }),
  of("oleic acid", { millimole: 1.5755 }),
  of("oleylamine", { millimole: 1.5197 }),
  of("PbBr2", { gram: 0.069 }),
  of("caesium oleate", { molar: 0.125, millilitre: 0.4, solvent: findReagent(builtInReagents, "ODE")! }),
];

describe("mixture", () => {
  it("counts ions, ligands and volume of a hot injection", () => {
    const { millimole, millilitre, millilitreByRole, sources, unmodelled } = mixture(classic);
    expect(millilitre).toBeCloseTo(6.4, 3);
    expect(millimole.caesium).toBeCloseTo(0.05, 9);
    expect(millimole.lead).toBeCloseTo(0.188, 4);
    expect(millimole.bromide).toBeCloseTo(0.376, 4);
    expect(millimole.oleicAcid).toBeCloseTo(1.5755 + 0.05, 9);
    expect(millimole.oleylamine).toBeCloseTo(1.5197, 9);
    expect(millilitreByRole.solvent).toBeCloseTo(5.4, 9);
    expect(sources.bromide.map(({ name }) => name)).toEqual(["lead bromide"]);
    expect(unmodelled).toEqual([]);
  });

  it("counts bromide whatever brings it, and acids and amines as what they are", () => {
    const { millimole } = mixture([
      of("NBS", { millimole: 1 }),
      of("TMSBr", { millimole: 1 }),
      of("ZnBr2", { millimole: 1 }),
      of("TOAB", { millimole: 1 }),
      of("CsOH", { millimole: 1 }),
      of("caesium stearate", { millimole: 1 }),
      of("lead oleate", { millimole: 1 }),
      of("octanoic acid", { millimole: 1 }),
      of("octylamine", { millimole: 1 }),
    ]);
    expect(millimole).toEqual({
      ...Object.fromEntries(mixtureParts.map((part) => [part, 0])),
      ...{ caesium: 2, lead: 1, bromide: 5, oleicAcid: 2, otherAcid: 2, otherAmine: 1 },
    });
  });

  it("gives the water of hydrobromic acid to the share of water", () => {
    const mixed = mixture([of("hexane", { millilitre: 10 }), of("HBr", { millimole: 0.089 })]);
    expect(mixed.millilitreByRole.water).toBeCloseTo(0.00782, 5);
    expect(mixtureColumns(mixed).waterFraction).toBeCloseTo(7.82e-4, 5);
  });

  it("names what no column counts, though not what only dissolves or leaves", () => {
    const { unmodelled } = mixture(
      ["BiBr3", "TOP", "PbI2", "DMSO", "chloroform", "TMSBr", "TOAB", "Rb2CO3", "CsBr", "DDBSA"].map((name) =>
        of(name, { millimole: 1 }),
      ),
    );
    expect(unmodelled.map(({ name }) => name)).toEqual([
      "bismuth bromide",
      "trioctylphosphine",
      "lead iodide",
      "rubidium carbonate",
    ]);
  });

  it("takes no source from what was written down and not added", () => {
    const { sources, antisolvents } = mixture([of("CsBr", { millimole: 0 }), of("toluene", { millilitre: 0 })]);
    expect([sources.caesium, antisolvents]).toEqual([[], []]);
  });

  it("adds: two mixtures together are the sum of both, and shares of volume are whole", () => {
    fc.assert(
      fc.property(fc.array(anyAmount, { maxLength: 8 }), fc.array(anyAmount, { maxLength: 8 }), (some, others) => {
        const [first, second, both] = [some, others, [...some, ...others]].map(mixture);
        expect(both.millilitre).toBeCloseTo(first.millilitre + second.millilitre, 8);
        for (const part of mixtureParts)
          expect(both.millimole[part]).toBeCloseTo(first.millimole[part] + second.millimole[part], 8);
        const rooms = Object.values(both.millilitreByRole).reduce((sum, room) => sum + room, 0);
        expect(rooms).toBeCloseTo(both.millilitre, 8);
      }),
    );
  });

  it("does not depend on the order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(classic, { minLength: classic.length }), (shuffled) => {
        for (const part of mixtureParts)
          expect(mixture(shuffled).millimole[part]).toBeCloseTo(mixture(classic).millimole[part], 12);
      }),
    );
  });
});

describe("mixtureColumns", () => {
  it("are mol per litre, and the same for ten times the batch but for the volume", () => {
    const { volumeMillilitre, ...columns } = mixtureColumns(mixture(classic));
    expect(columns.leadMolar).toBeCloseTo(0.188 / 6.4, 4);
    expect(columns.bromideLeadRatio).toBeCloseTo(2, 9);
    const ten = mixtureColumns(mixture(Array.from({ length: 10 }, () => classic).flat()));
    expect(ten.volumeMillilitre).toBeCloseTo(10 * volumeMillilitre, 9);
    for (const [name, value] of Object.entries(columns)) expect(ten[name as "leadMolar"]).toBeCloseTo(value, 9);
  });

  it("tell the shares of polar and poor solvent", () => {
    const columns = mixtureColumns(
      mixture([of("DMF", { millilitre: 1 }), of("toluene", { millilitre: 10 }), of("DMSO", { millilitre: 1 })]),
    );
    expect(columns.polarSolventFraction).toBeCloseTo(2 / 12, 12);
    expect(columns.antisolventRatio).toBeCloseTo(5, 12);
  });

  it("miss ratios that have no denominator, and refuse a mixture without liquid", () => {
    const columns = mixtureColumns(mixture([of("toluene", { millilitre: 1 }), of("CsBr", { gram: 1 })]));
    expect([columns.caesiumLeadRatio, columns.antisolventRatio]).toEqual([Number.NaN, Number.NaN]);
    expect(() => mixtureColumns(mixture([of("CsBr", { gram: 1 })]))).toThrow("the volume must be above 0 mL");
  });
});
