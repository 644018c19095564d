import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gasConstant } from "../../src/chemistry/constants.js";
import type { Conditions } from "../../src/chemistry/Conditions.js";
import { phaseFractions, type PhaseFractions } from "../../src/chemistry/phaseFractions.js";
import { compounds } from "../../src/chemistry/phases.js";
import { physics, type PhysicsValues } from "../../src/chemistry/physicsParameters.js";
import type { Supersaturation } from "../../src/chemistry/supersaturation.js";
import { anyConditions, anyPhysics, between, chain, type Chain, classic, conditions, evenly } from "./anyConditions.js";

const ternary = [compounds.CsPbBr3, compounds.Cs4PbBr6, compounds.CsPb2Br5];

/** Formula units of each compound in the precipitate, mol/L. */
function formulaUnits({ leadShares, precipitatedLeadMolar }: PhaseFractions): number[] {
  return ternary.map(({ lead }, k) => (leadShares[k] * precipitatedLeadMolar) / lead);
}

const drives = ({ lnCsPbBr3, lnCs4PbBr6, lnCsPb2Br5 }: Supersaturation): number[] => [
  lnCsPbBr3,
  lnCs4PbBr6,
  lnCsPb2Br5,
];

/** Times that leave nothing of the kinetic start. */
const late = { timeSecond: 1e12 };

/**
 * Just above saturation a compound gains its share within about 1/8 of a unit of ln S, faster than any boundary
 * shifts: there the rules below do not hold for it, nor for what it takes its share from.
 */
const margin = 0.6;
const isClear = (low: number, high: number): boolean => low > margin || high <= 0;

describe("phaseFractions", () => {
  it("has shares that sum to 1, or all 0 and no precipitate where nothing is supersaturated", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions, saturation } = chain(c, p);
        const sums = [fractions.leadShares, fractions.weightFractions].map((shares) =>
          shares.reduce((a, b) => a + b, 0),
        );
        for (const share of [...fractions.leadShares, ...fractions.weightFractions])
          expect(share >= 0 && share <= 1).toBe(true);
        if (drives(saturation).some((drive) => drive > 0)) {
          for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
          expect(fractions.precipitatedLeadMolar).toBeGreaterThan(0);
        } else {
          expect([...sums, fractions.precipitatedLeadMolar]).toEqual([0, 0, 0]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("makes no solid of a compound with S <= 1", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions, saturation } = chain(c, p);
        drives(saturation).forEach((drive, k) => {
          if (drive <= 0) expect([fractions.leadShares[k], fractions.weightFractions[k]]).toEqual([0, 0]);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("precipitates no more caesium, lead or bromide than there is, lead no more than dissolves", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions, species } = chain(c, p);
        const used = (element: "caesium" | "lead" | "bromide"): number =>
          formulaUnits(fractions).reduce((sum, amount, k) => sum + amount * ternary[k][element], 0);
        const rounding = 1 + 1e-12;
        expect(used("caesium")).toBeLessThanOrEqual(c.caesiumMolar * rounding);
        expect(used("lead")).toBeLessThanOrEqual(species.dissolvedLeadMolar * rounding);
        expect(used("bromide")).toBeLessThanOrEqual(c.bromideMolar * rounding);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps the stoichiometric ceiling of each phase", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions, species } = chain(c, p);
        const lead = species.dissolvedLeadMolar;
        const ceilings = [
          Math.min(c.caesiumMolar, lead, c.bromideMolar / 3),
          Math.min(c.caesiumMolar / 4, lead, c.bromideMolar / 6),
          Math.min(c.caesiumMolar, lead / 2, c.bromideMolar / 5),
        ];
        formulaUnits(fractions).forEach((amount, k) => expect(amount).toBeLessThanOrEqual(ceilings[k] * (1 + 1e-12)));
      }),
      { numRuns: 2000 },
    );
  });

  it("weighs shares of lead by molar mass per lead", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { fractions } = chain(c, p);
        fc.pre(fractions.leadShares[0] > 1e-6);
        const perLead = [579.822, 1218.264, 946.83 / 2];
        for (const k of [1, 2]) {
          const expected = (fractions.leadShares[k] / fractions.leadShares[0]) * (perLead[k] / perLead[0]);
          expect(Math.abs(fractions.weightFractions[k] / fractions.weightFractions[0] - expected)).toBeLessThanOrEqual(
            1e-5 * expected,
          );
        }
      }),
    );
  });

  describe("between a kinetic start and equilibrium", () => {
    const saturation: Supersaturation = {
      lnCaesiumBromide: 1,
      lnLeadBromide: 1,
      lnCsPbBr3: 10,
      lnCs4PbBr6: 20,
      lnCsPb2Br5: 15,
      exchangeCs4PbBr6: 10,
      exchangeCsPb2Br5: 5,
    };
    const nuclei = { lnRateCsPbBr3: 70, lnRateCs4PbBr6: 72, lnRateCsPb2Br5: 65, onsetProbability: 1 };
    const p: PhysicsValues = {
      ...physics,
      kineticWeight: 0.2,
      kineticOffset1: -1,
      kineticOffset2: -2,
      equilibriumSharpness1: 10,
      equilibriumSharpness2: 20,
      equilibriumOffset1: 0.5,
      equilibriumOffset2: -0.5,
      relaxationTime: 60,
    };
    const species = {
      ionPairMolar: 0,
      freeOleylamineMolar: 0,
      dissolvedLeadMolar: 0.02,
      caesiumActivity: 0.01,
      leadActivity: 0.02,
      bromideActivity: 0.06,
    };
    const sharesOf = (c: Partial<Conditions>, rates: typeof nuclei = nuclei): readonly [number, number, number] =>
      phaseFractions(conditions(c), species, saturation, rates, p).leadShares;
    const logits = ([first, second, third]: readonly [number, number, number]): number[] => [
      Math.log(second / first),
      Math.log(third / first),
    ];

    it("starts with c (ln J_k - ln J_113) + a_k", () => {
      const [one, two] = logits(sharesOf({ timeSecond: 1e-9 }));
      expect(one).toBeCloseTo(0.2 * 2 - 1, 6);
      expect(two).toBeCloseTo(0.2 * -5 - 2, 6);
    });

    it("ends with s_k (ln S_k/ν_k - ln S_113/5) + o_k", () => {
      const [one, two] = logits(sharesOf(late));
      expect(one).toBeCloseTo(10 * (20 / 11 - 2) + 0.5, 9);
      expect(two).toBeCloseTo(20 * (15 / 8 - 2) - 0.5, 9);
    });

    it("has gone 1 - 1/e of the way at τ: 60 s at 373 K, less when hotter, a sixth in pure polar solvent", () => {
      const [start, end] = [logits(sharesOf({ timeSecond: 1e-12 }))[0], logits(sharesOf(late))[0]];
      const gone = (c: Partial<Conditions>): number => (logits(sharesOf(c))[0] - start) / (end - start);
      expect(gone({ temperatureCelsius: 99.85, timeSecond: 60 })).toBeCloseTo(1 - 1 / Math.E, 9);
      expect(gone({ temperatureCelsius: 99.85, timeSecond: 10, polarSolventFraction: 1 })).toBeCloseTo(
        1 - 1 / Math.E,
        9,
      );
      const tau = 60 * Math.exp((45_000 / gasConstant) * (1 / 473.15 - 1 / 373));
      expect(gone({ temperatureCelsius: 200, timeSecond: tau })).toBeCloseTo(1 - 1 / Math.E, 9);
      expect(tau).toBeLessThan(6);
    });

    it("clips the nucleation logits at 8: no rate rules a phase out or in", () => {
      const [slow] = logits(sharesOf({ timeSecond: 1e-12 }, { ...nuclei, lnRateCs4PbBr6: -1000 }));
      expect(slow).toBeCloseTo(-8 - 1, 6);
      const [fast] = logits(sharesOf({ timeSecond: 1e-12 }, { ...nuclei, lnRateCsPbBr3: -1000 }));
      expect(fast).toBeCloseTo(8 - 1, 6);
    });

    it("precipitates what the scarcest element allows, less what stays dissolved at saturation", () => {
      const fractions = phaseFractions(conditions({ caesiumMolar: 0.001 }), species, saturation, nuclei, p);
      const need = fractions.leadShares[0] + 4 * fractions.leadShares[1] + fractions.leadShares[2] / 2;
      const excess =
        fractions.leadShares[0] * (1 - Math.exp(-10)) +
        fractions.leadShares[1] * (1 - Math.exp(-20)) +
        fractions.leadShares[2] * (1 - Math.exp(-7.5));
      expect(fractions.precipitatedLeadMolar).toBeCloseTo((0.001 / need) * excess, 12);
    });
  });

  describe("at equilibrium and with the lead held in solution", () => {
    const cs416 = ({ fractions }: Chain): number => fractions.weightFractions[1];
    const cspb2 = ({ fractions }: Chain): number => fractions.weightFractions[2];
    const heldLead = (...chains: Chain[]): boolean =>
      chains.every(({ species }) => species.dissolvedLeadMolar === chains[0].species.dissolvedLeadMolar);
    /** More caesium from the same source: oleate brings its acid, bromide its bromide. */
    const moreCaesium = (c: Conditions, factor: number): Conditions => ({
      ...c,
      caesiumMolar: factor * c.caesiumMolar,
      caesiumOleateMolar: factor * c.caesiumOleateMolar,
      oleicAcidMolar: c.oleicAcidMolar + (factor - 1) * c.caesiumOleateMolar,
      bromideMolar: c.bromideMolar + (factor - 1) * (c.caesiumMolar - c.caesiumOleateMolar),
    });
    /** Caesium oleate is there with the acid that it holds. */
    const withItsAcid = (c: Conditions): Conditions => ({
      ...c,
      ...late,
      oleicAcidMolar: c.oleicAcidMolar + c.caesiumOleateMolar,
    });

    it("more caesium never means less Cs4PbBr6, unless another compound is within ln S = 0.6 of its saturation", () => {
      fc.assert(
        fc.property(anyConditions, anyPhysics, evenly(1.001, 5), (any, p, factor) => {
          const c = withItsAcid(any);
          const [less, more] = [chain(c, p), chain(moreCaesium(c, factor), p)];
          fc.pre(
            heldLead(less, more) &&
              isClear(less.saturation.lnCsPbBr3, more.saturation.lnCsPbBr3) &&
              isClear(less.saturation.lnCsPb2Br5, more.saturation.lnCsPb2Br5),
          );
          expect(cs416(more)).toBeGreaterThanOrEqual(cs416(less) - 1e-12);
        }),
        { numRuns: 3000 },
      );
    });

    it("water means less Cs4PbBr6, unless another compound is within ln S = 0.6 of its saturation", () => {
      fc.assert(
        fc.property(anyConditions, anyPhysics, between(0.001, 0.3), (any, p, water) => {
          const c = { ...any, ...late };
          const [dry, wet] = [chain(c, p), chain({ ...c, waterFraction: c.waterFraction + water }, p)];
          fc.pre(
            isClear(wet.saturation.lnCsPbBr3, dry.saturation.lnCsPbBr3) &&
              isClear(wet.saturation.lnCsPb2Br5, dry.saturation.lnCsPb2Br5),
          );
          expect(cs416(wet)).toBeLessThanOrEqual(cs416(dry) + 1e-12);
        }),
        { numRuns: 3000 },
      );
    });

    // With little lead all of it dissolves, whatever the ligands.
    const dilute = anyConditions.map((c) => ({
      ...withItsAcid(c),
      leadMolar: c.leadMolar * 1e-3,
      caesiumMolar: c.caesiumMolar * 0.03,
      caesiumOleateMolar: c.caesiumOleateMolar * 0.03,
    }));

    it("more free oleylamine means more Cs4PbBr6, unless that itself is within ln S = 0.6 of its saturation", () => {
      fc.assert(
        fc.property(dilute, anyPhysics, evenly(1.001, 5), (c, p, factor) => {
          const [less, more] = [chain(c, p), chain({ ...c, oleylamineMolar: factor * c.oleylamineMolar + 0.001 }, p)];
          fc.pre(heldLead(less, more) && isClear(more.saturation.lnCs4PbBr6, less.saturation.lnCs4PbBr6));
          expect(more.species.freeOleylamineMolar).toBeGreaterThanOrEqual(less.species.freeOleylamineMolar);
          // Nothing left in the solid is no share at all.
          if (more.fractions.precipitatedLeadMolar > 0) expect(cs416(more)).toBeGreaterThanOrEqual(cs416(less) - 1e-12);
        }),
        { numRuns: 2000 },
      );
    });

    it("more oleic acid at fixed oleylamine means less Cs4PbBr6, with the same exception", () => {
      fc.assert(
        fc.property(dilute, anyPhysics, evenly(1.001, 5), (c, p, factor) => {
          const [less, more] = [chain(c, p), chain({ ...c, oleicAcidMolar: factor * c.oleicAcidMolar + 0.001 }, p)];
          fc.pre(heldLead(less, more) && isClear(less.saturation.lnCs4PbBr6, more.saturation.lnCs4PbBr6));
          if (less.fractions.precipitatedLeadMolar > 0) expect(cs416(more)).toBeLessThanOrEqual(cs416(less) + 1e-12);
        }),
        { numRuns: 2000 },
      );
    });

    it("more caesium oleate never means more CsPb2Br5, unless that itself is nearly saturated", () => {
      fc.assert(
        fc.property(anyConditions, anyPhysics, evenly(1.001, 5), (any, p, factor) => {
          const c = withItsAcid({ ...any, caesiumOleateMolar: any.caesiumMolar, bromideMolar: 2 * any.leadMolar });
          const [less, more] = [chain(c, p), chain(moreCaesium(c, factor), p)];
          fc.pre(heldLead(less, more) && isClear(less.saturation.lnCsPb2Br5, more.saturation.lnCsPb2Br5));
          if (less.fractions.precipitatedLeadMolar > 0) expect(cspb2(more)).toBeLessThanOrEqual(cspb2(less) + 1e-12);
        }),
        { numRuns: 3000 },
      );
    });

    it("really changes over those ranges: each ligand moves Cs4PbBr6 by more than 0.1 somewhere", () => {
      // Otherwise the rules above could hold of a constant.
      const moved = { water: 0, amine: 0, acid: 0, caesium: 0 };
      const largest = (key: keyof typeof moved, a: Chain, b: Chain): void => {
        moved[key] = Math.max(moved[key], cs416(b) - cs416(a));
      };
      for (const caesiumLeadRatio of [0.5, 1, 2, 4, 8]) {
        const c = conditions({
          ...late,
          leadMolar: 0.01,
          bromideMolar: 0.02,
          caesiumMolar: 0.01 * caesiumLeadRatio,
          caesiumOleateMolar: 0.01 * caesiumLeadRatio,
          oleicAcidMolar: 0.4,
        });
        largest("water", chain({ ...c, waterFraction: 0.2 }), chain(c));
        largest("amine", chain(c), chain({ ...c, oleylamineMolar: 2 }));
        largest("acid", chain({ ...c, oleicAcidMolar: 2, oleylamineMolar: 1 }), chain({ ...c, oleylamineMolar: 1 }));
        largest("caesium", chain(c), chain(moreCaesium(c, 3)));
      }
      for (const [key, most] of Object.entries(moved)) expect(most, key).toBeGreaterThan(0.1);
    });
  });

  it("does not depend on the size of the vessel", () => {
    expect(chain(classic).fractions).toEqual(chain({ ...classic, volumeMillilitre: 640 }).fractions);
  });
});
