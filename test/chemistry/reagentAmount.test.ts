import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reagent } from "../../src/chemistry/Reagent.js";
import { builtInReagents, findReagent } from "../../src/chemistry/reagentList.js";
import { type Quantity, reagentAmount } from "../../src/chemistry/reagentAmount.js";

const reagent = (name: string): Reagent => findReagent(builtInReagents, name)!;
const weighable = builtInReagents.reagents.filter(({ molarMass }) => molarMass !== null);
const liquids = weighable.filter(({ density }) => density !== null);

describe("reagentAmount", () => {
  it("weighs 69 mg of PbBr2 as 0.188 mmol, which take no room", () => {
    const { millimole, millilitre } = reagentAmount(reagent("PbBr2"), { gram: 0.069 });
    expect(millimole).toBeCloseTo(0.188, 4);
    expect(millilitre).toBe(0);
  });

  it("takes 1 mL of technical oleic acid as 90 % of it, and the rest as another acid", () => {
    const { millimole, millilitre, with: rest } = reagentAmount(reagent("OA"), { millilitre: 1 });
    expect(millimole).toBeCloseTo(2.836, 3);
    expect(millilitre).toBe(1);
    expect(rest!.reagent.name).toBe("linoleic acid");
    expect(millimole! + rest!.millimole!).toBeCloseTo(3.15, 2);
    expect(reagentAmount(reagent("OA"), { millilitre: 1 }, { purity: 1 })).toEqual({
      reagent: reagent("OA"),
      millimole: (1000 * 0.89) / 282.46,
      millilitre: 1,
    });
  });

  it("takes a recipe's mmol of oleic acid as the substance alone: 3.151 mmol are 1 mL", () => {
    const amount = reagentAmount(reagent("OA"), { millimole: 3.151 });
    expect(amount.with).toBeUndefined();
    expect(amount.millilitre).toBeCloseTo(1, 3);
  });

  it("brings the water of hydrobromic acid: 10 µL of 48 % are 0.088 mmol and 7.8 mg of water", () => {
    for (const amount of [
      reagentAmount(reagent("HBr"), { millilitre: 0.01 }),
      reagentAmount(reagent("HBr"), { millimole: 0.0884 }),
    ]) {
      expect(amount.millimole).toBeCloseTo(0.0884, 4);
      expect(amount.millilitre).toBeCloseTo(0.01, 5);
      expect(amount.with!.reagent.name).toBe("water");
      expect(amount.with!.millimole! * 18.015).toBeCloseTo(7.75, 2);
    }
  });

  it("takes a stock solution by its concentration, with its volume: 0.5 mL of 0.125 M caesium oleate", () => {
    const solvent = reagent("ODE");
    expect(reagentAmount(reagent("CsOA"), { molar: 0.125, millilitre: 0.5, solvent })).toEqual({
      reagent: reagent("CsOA"),
      millimole: 0.0625,
      millilitre: 0.5,
      solvent,
    });
  });

  it("keeps mass: substance and rest weigh what was weighed, from whatever unit", () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    const amountOf = fc.double({ min: 0, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...weighable), amountOf, fc.option(share), (one, gram, given) => {
        const purity = given ?? one.purity ?? 1;
        const { millimole, with: rest } = reagentAmount(one, { gram }, { purity });
        const ofRest = rest === undefined ? 0 : (rest.millimole! * rest.reagent.molarMass!) / 1000;
        const isCounted = (one.dilutedWith ?? one.impurity) !== undefined;
        const expected = isCounted ? gram : gram * purity;
        expect((millimole! * one.molarMass!) / 1000 + ofRest).toBeCloseTo(expected, 6);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...liquids), amountOf, (one, millilitre) => {
        const byVolume = reagentAmount(one, { millilitre });
        const byMass = reagentAmount(one, { gram: millilitre * one.density! });
        expect(byVolume.millimole).toBeCloseTo(byMass.millimole!, 6);
        expect(byMass.millilitre).toBeCloseTo(millilitre, 6);
      }),
    );
  });

  it("scales: twice the quantity is twice the amount and the room", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...liquids),
        fc.constantFrom("gram", "millilitre", "millimole"),
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        (one, unit, value) => {
          const of = (times: number) => reagentAmount(one, { [unit]: times * value } as unknown as Quantity);
          expect(of(2).millimole! / of(1).millimole!).toBeCloseTo(2, 9);
          expect(of(2).millilitre / of(1).millilitre).toBeCloseTo(2, 9);
          if (of(1).with !== undefined) expect(of(2).with!.millimole! / of(1).with!.millimole!).toBeCloseTo(2, 9);
        },
      ),
    );
  });

  it("has the room of a mineral oil without its moles", () => {
    expect(reagentAmount(reagent("paraffin oil"), { millilitre: 5 })).toEqual({
      reagent: reagent("paraffin oil"),
      millimole: null,
      millilitre: 5,
    });
  });

  it.each([
    [
      "OA",
      { millilitre: -1 },
      "row 3, column OA: an amount must be a number from 0 on; got -1 millilitre of oleic acid",
    ],
    ["OA", { gram: Number.NaN }, "got NaN gram of oleic acid"],
    ["Cs2CO3", { millilitre: 1 }, "got 1 mL of caesium carbonate, which has no density in the list; give mass or mmol"],
    ["DDOABr", { gram: 1 }, "the molar mass must be known; got 1 gram of quaternary alkylammonium bromide"],
    ["paraffin oil", { millimole: 1 }, "got 1 millimole of paraffin oil, which has none"],
    ["Cs2CO3", { molar: 0.1, millilitre: Infinity }, "got Infinity millilitre of caesium carbonate"],
  ] as const)("refuses %s as %j, and says why", (name, quantity, message) => {
    expect(() => reagentAmount(reagent(name), quantity, { where: "row 3, column OA" })).toThrow(message);
  });

  it("refuses a purity in percent", () => {
    expect(() => reagentAmount(reagent("OA"), { gram: 1 }, { purity: 90 })).toThrow("got 90; give it as a share");
  });
});
