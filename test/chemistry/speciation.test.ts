import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assumedParameters, valuesOf } from "../../src/chemistry/physicsParameters.js";
import { speciation } from "../../src/chemistry/speciation.js";
import { anyConditions, anyPhysics, conditions, evenly } from "./anyConditions.js";

/** The values before any fit, so that numbers computed by hand stay right. */
const assumed = valuesOf(assumedParameters);

describe("speciation", () => {
  it("pairs acid and amine, and holds lead, as worked out by hand", () => {
    const { ionPairMolar, freeOleylamineMolar, dissolvedLeadMolar } = speciation(
      conditions({
        oleicAcidMolar: 0.3,
        caesiumOleateMolar: 0,
        oleylamineMolar: 0.1,
        temperatureCelsius: 120,
        polarSolventFraction: 0.1,
        leadMolar: 2,
      }),
      assumed,
    );
    expect(ionPairMolar).toBeCloseTo(0.09125657912962082, 14);
    expect(freeOleylamineMolar).toBeCloseTo(0.1 - 0.09125657912962082, 14);
    expect(dissolvedLeadMolar).toBeCloseTo(0.40231995974238255, 12);
  });

  it("solves the mass-action law: K (A - ip)(B - ip) = ip, whatever the ligands and K", () => {
    fc.assert(
      fc.property(evenly(1e-6, 3), evenly(1e-6, 3), evenly(1, 1000), (acid, amine, acidBaseConstant) => {
        const { ionPairMolar } = speciation(
          conditions({ oleicAcidMolar: acid, oleylamineMolar: amine, caesiumOleateMolar: 0 }),
          { ...assumed, acidBaseConstant },
        );
        expect((acidBaseConstant * (acid - ionPairMolar) * (amine - ionPairMolar)) / ionPairMolar).toBeCloseTo(1, 9);
      }),
    );
  });

  it("pairs K A B of traces, to all digits, and all of the scarcer ligand where pairing is strong", () => {
    const traces = speciation(
      conditions({ oleicAcidMolar: 1e-9, oleylamineMolar: 2e-9, caesiumOleateMolar: 0 }),
      assumed,
    );
    // 1 - K (A + B) to first order.
    expect(traces.ionPairMolar / (50 * 2e-18)).toBeCloseTo(1 - 1.5e-7, 12);
    fc.assert(
      fc.property(evenly(1e-3, 3), evenly(1e-3, 3), (acid, amine) => {
        fc.pre(Math.abs(acid - amine) > 1e-3);
        const { ionPairMolar } = speciation(
          conditions({ oleicAcidMolar: acid, oleylamineMolar: amine, caesiumOleateMolar: 0 }),
          { ...assumed, acidBaseConstant: 1e9 },
        );
        expect(ionPairMolar / Math.min(acid, amine)).toBeCloseTo(1, 5);
      }),
    );
  });

  it("pairs nothing without acid or without amine, nor acid that caesium oleate holds", () => {
    for (const without of [
      { oleicAcidMolar: 0, caesiumOleateMolar: 0 },
      { oleylamineMolar: 0 },
      { oleicAcidMolar: 0.01, caesiumOleateMolar: 0.01 },
      { oleicAcidMolar: 0.01, caesiumOleateMolar: 0.02 },
    ]) {
      expect(speciation(conditions(without), assumed).ionPairMolar).toBe(0);
    }
    expect(speciation(conditions({ oleicAcidMolar: 0.11, caesiumOleateMolar: 0.01 }), assumed).ionPairMolar).toBe(
      speciation(conditions({ oleicAcidMolar: 0.1, caesiumOleateMolar: 0 }), assumed).ionPairMolar,
    );
  });

  it("dissolves no more lead than the capacity, which grows e-fold every 80 K without polar solvent", () => {
    const starved = (temperatureCelsius: number, leadMolar: number): number =>
      speciation(
        conditions({ oleicAcidMolar: 0, caesiumOleateMolar: 0, oleylamineMolar: 0.2, temperatureCelsius, leadMolar }),
        assumed,
      ).dissolvedLeadMolar;
    expect(starved(119.85, 0.5)).toBeCloseTo(0.004, 12);
    expect(starved(199.85, 0.5)).toBeCloseTo(0.004 * Math.E, 12);
    expect(starved(119.85, 0.003)).toBe(0.003);
    const inDimethylformamide = (temperatureCelsius: number): number =>
      speciation(
        conditions({
          oleicAcidMolar: 0,
          caesiumOleateMolar: 0,
          polarSolventFraction: 0.5,
          temperatureCelsius,
          leadMolar: 2,
        }),
        assumed,
      ).dissolvedLeadMolar;
    expect(inDimethylformamide(25) - starved(25, 2)).toBeCloseTo(1.5, 12);
  });

  it("holds more lead by an ion pair than by acid alone, and more by acid than by none", () => {
    const held = (oleicAcidMolar: number, oleylamineMolar: number): number =>
      speciation(conditions({ oleicAcidMolar, oleylamineMolar, caesiumOleateMolar: 0, leadMolar: 2 }), assumed)
        .dissolvedLeadMolar;
    expect(held(0.2, 0)).toBeGreaterThan(held(0, 0));
    expect(held(0.2, 0.2)).toBeGreaterThan(held(0.2, 0));
    // Amine without acid pairs with nothing and so holds nothing.
    expect(held(0, 0.2)).toBe(held(0, 0));
  });

  it("binds lead by free amine and by polar solvent: activity over amount is 1 / (1 + b_am OAm + b_s φ)", () => {
    const { leadActivity, dissolvedLeadMolar, freeOleylamineMolar } = speciation(
      conditions({ oleylamineMolar: 1, polarSolventFraction: 0.25 }),
      assumed,
    );
    expect(leadActivity).toBeCloseTo(dissolvedLeadMolar / (1 + 20 * freeOleylamineMolar + 4 * 0.25), 14);
    const free = speciation(conditions({ oleylamineMolar: 0 }), assumed);
    expect(free.leadActivity).toBe(free.dissolvedLeadMolar);
    expect(leadActivity).toBeLessThan(free.leadActivity / 10);
  });

  it("strips caesium by water: a tenth of the volume leaves 1 / 3.5 of its activity", () => {
    expect(speciation(conditions({ waterFraction: 0.1 }), assumed).caesiumActivity).toBeCloseTo(0.0094 / 3.5, 14);
    expect(speciation(conditions(), assumed).caesiumActivity).toBe(0.0094);
    expect(speciation(conditions(), assumed).bromideActivity).toBe(0.058);
  });

  it("is never negative nor above what there is, and keeps the amine's balance, for any conditions", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const s = speciation(c, p);
        for (const amount of Object.values(s)) expect(amount >= 0).toBe(true);
        expect(s.ionPairMolar).toBeLessThanOrEqual(
          Math.min(Math.max(c.oleicAcidMolar - c.caesiumOleateMolar, 0), c.oleylamineMolar) * (1 + 1e-12),
        );
        expect(Math.abs(s.freeOleylamineMolar + s.ionPairMolar - c.oleylamineMolar)).toBeLessThanOrEqual(
          1e-12 * c.oleylamineMolar,
        );
        expect(s.dissolvedLeadMolar).toBeLessThanOrEqual(c.leadMolar);
        expect(s.leadActivity).toBeLessThanOrEqual(s.dissolvedLeadMolar);
        expect(s.caesiumActivity).toBeLessThanOrEqual(c.caesiumMolar);
      }),
      { numRuns: 1000 },
    );
  });
});
