import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gasConstant, leastActivity } from "../../src/chemistry/constants.js";
import { compounds } from "../../src/chemistry/phases.js";
import { assumedParameters, physics, valuesOf } from "../../src/chemistry/physicsParameters.js";
import type { Speciation } from "../../src/chemistry/speciation.js";
import { supersaturation } from "../../src/chemistry/supersaturation.js";
import { kelvin } from "../../src/chemistry/units.js";
import { anyConditions, anyPhysics, chain, evenly } from "./anyConditions.js";

const assumed = valuesOf(assumedParameters);

function activities(caesiumActivity: number, leadActivity: number, bromideActivity: number): Speciation {
  return {
    ionPairMolar: 0,
    freeOleylamineMolar: 0,
    dissolvedLeadMolar: leadActivity,
    caesiumActivity,
    leadActivity,
    bromideActivity,
  };
}

describe("supersaturation", () => {
  it("is what the equations give by hand at 125 °C for 0.01, 0.003 and 0.06 mol/L of caesium, lead and bromide", () => {
    // Computed in Python from DOMAIN section 3 with the assumed values: ln K(CsBr) rises
    // by 2.026 and ln K(PbBr2) by 2.533 from 25 °C.
    const s = supersaturation(activities(0.01, 0.003, 0.06), 125, assumed);
    expect(s.lnCaesiumBromide).toBeCloseTo(0.5550699552147753, 10);
    expect(s.lnLeadBromide).toBeCloseTo(-0.46890085138047066, 10);
    expect(s.lnCsPbBr3).toBeCloseTo(7.487080063389217, 10);
    expect(s.lnCs4PbBr6).toBeCloseTo(11.568913915826984, 10);
    expect(s.lnCsPb2Br5).toBeCloseTo(8.679608202929238, 10);
  });

  it("is ln(a_Cs a_Br) - ln K and ln(a_Pb a_Br²) - ln K at 25 °C, where constants are tabled", () => {
    const s = supersaturation(activities(0.02, 0.001, 0.05), 25, assumed);
    expect(s.lnCaesiumBromide).toBeCloseTo(Math.log(0.02 * 0.05) + 10, 12);
    expect(s.lnLeadBromide).toBeCloseTo(Math.log(0.001 * 0.05 ** 2) + 13.5, 12);
  });

  it("changes with temperature by van 't Hoff: d ln S / d(1/T) = ΔH/R for each salt", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { species } = chain(c, p);
        const [a, b] = [supersaturation(species, 20, p), supersaturation(species, 200, p)];
        const inverse = 1 / kelvin(200) - 1 / kelvin(20);
        expect((b.lnCaesiumBromide - a.lnCaesiumBromide) / inverse).toBeCloseTo(
          p.dissolutionEnthalpyCaesiumBromide / gasConstant,
          6,
        );
        expect((b.lnLeadBromide - a.lnLeadBromide) / inverse).toBeCloseTo(
          p.dissolutionEnthalpyLeadBromide / gasConstant,
          6,
        );
      }),
    );
  });

  it("closes the thermodynamic cycle: no ternary solubility product is free", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { saturation: s } = chain(c, p);
        const T = kelvin(c.temperatureCelsius);
        const energy = (atRoom: number, entropy: number): number =>
          (atRoom - entropy * (T - 298.15)) / (gasConstant * T);
        expect(s.lnCsPbBr3 - s.lnCaesiumBromide - s.lnLeadBromide).toBeCloseTo(
          -energy(p.reactionEnergy0, p.reactionEntropy0),
          9,
        );
        expect(s.lnCs4PbBr6 - s.lnCsPbBr3 - 3 * s.lnCaesiumBromide).toBeCloseTo(
          -energy(p.reactionEnergy1, p.reactionEntropy1),
          9,
        );
        expect(s.lnCsPb2Br5 - s.lnCsPbBr3 - s.lnLeadBromide).toBeCloseTo(
          -energy(p.reactionEnergy2, p.reactionEntropy2),
          9,
        );
        expect(s.exchangeCs4PbBr6).toBeCloseTo(s.lnCs4PbBr6 - s.lnCsPbBr3, 9);
        expect(s.exchangeCsPb2Br5).toBeCloseTo(s.lnCsPb2Br5 - s.lnCsPbBr3, 9);
      }),
    );
  });

  it("depends on each ion with the count of that ion in the compound", () => {
    const ions = [
      ["caesium", 0],
      ["lead", 1],
      ["bromide", 2],
    ] as const;
    const names = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"] as const;
    fc.assert(
      fc.property(
        evenly(1e-5, 1),
        evenly(1e-5, 1),
        evenly(1e-5, 1),
        evenly(1.1, 100),
        (caesium, lead, bromide, factor) => {
          const before = supersaturation(activities(caesium, lead, bromide), 100, physics);
          for (const [ion, place] of ions) {
            const [a, b, c] = [caesium, lead, bromide].map((activity, i) =>
              i === place ? factor * activity : activity,
            );
            const after = supersaturation(activities(a, b, c), 100, physics);
            for (const name of names)
              expect((after[`ln${name}`] - before[`ln${name}`]) / Math.log(factor)).toBeCloseTo(
                compounds[name][ion],
                7,
              );
          }
        },
      ),
    );
  });

  it("stays finite without caesium, lead or bromide: an activity below the floor counts as the floor", () => {
    for (const nil of [
      activities(0, 0.01, 0.02),
      activities(0.01, 0, 0.02),
      activities(0.01, 0.01, 0),
      activities(0, 0, 0),
    ]) {
      for (const value of Object.values(supersaturation(nil, 150, physics))) expect(Number.isFinite(value)).toBe(true);
    }
    expect(supersaturation(activities(0, 0.01, 0.02), 150, physics)).toEqual(
      supersaturation(activities(leastActivity, 0.01, 0.02), 150, physics),
    );
    expect(supersaturation(activities(0, 0.01, 0.02), 150, physics).lnCsPbBr3).toBeLessThan(0);
  });
});
