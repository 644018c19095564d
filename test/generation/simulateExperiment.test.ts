import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceThreshold, visiblePerovskite } from "../../src/chemistry/constants.js";
import type { Conditions } from "../../src/chemistry/Conditions.js";
import { emissionPeak } from "../../src/chemistry/optics.js";
import { labelProbabilities, phaseLabel } from "../../src/chemistry/phaseLabel.js";
import { physics, type PhysicsValues } from "../../src/chemistry/physicsParameters.js";
import { averageHabit, particleSize, sizeDispersion } from "../../src/chemistry/size.js";
import { simulateExperiment, type Simulation } from "../../src/generation/simulateExperiment.js";
import { anyConditions, anyPhysics, chain, classic, conditions } from "../chemistry/anyConditions.js";

const run = (c: Conditions, p: PhysicsValues = physics): Simulation =>
  simulateExperiment(c, { physics: p, habit: averageHabit, threshold: referenceThreshold });

/** Caesium bromide in DMF, one part in eleven of toluene, stopped after a minute. */
const reprecipitated: Conditions = {
  ...classic,
  route: "LARP",
  temperatureCelsius: 25,
  timeSecond: 60,
  caesiumMolar: 0.004,
  leadMolar: 0.004,
  bromideMolar: 0.012,
  oleicAcidMolar: 0.05,
  oleylamineMolar: 0.01,
  caesiumOleateMolar: 0,
  polarSolventFraction: 1 / 11,
};

describe("simulateExperiment", () => {
  it("feeds each step of the chemistry with the one before", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const simulation = run(c, p);
        const { species, saturation, nuclei, fractions } = chain(c, p);
        expect(simulation.speciation).toEqual(species);
        expect(simulation.supersaturation).toEqual(saturation);
        expect(simulation.nucleation).toEqual(nuclei);
        expect(simulation.phaseFractions).toEqual(fractions);
        const evidence = {
          weightFractions: fractions.weightFractions,
          leadYield: simulation.outcome.leadYield,
          onsetProbability: nuclei.onsetProbability,
          waterFraction: c.waterFraction,
          caesiumLeadRatio: c.caesiumMolar / c.leadMolar,
        };
        expect(simulation.label).toBe(phaseLabel(evidence));
        expect(simulation.probabilities).toEqual(labelProbabilities(evidence, referenceThreshold));
        expect(simulation.outcome.leadYield).toBe(Math.min(fractions.precipitatedLeadMolar / c.leadMolar, 1));
      }),
      { numRuns: 300 },
    );
  });

  it("has particles and emission exactly where the product has 15 % CsPbBr3; else they are missing", () => {
    const seen = { glowing: 0, dark: 0, failed: 0 };
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { label, phaseFractions, outcome } = run(c, p);
        const glows = label !== 4 && phaseFractions.weightFractions[0] >= visiblePerovskite;
        seen[label === 4 ? "failed" : glows ? "glowing" : "dark"]++;
        for (const reading of [outcome.peak, outcome.width, outcome.quantumYield])
          expect(Number.isFinite(reading)).toBe(glows);
        for (const reading of [outcome.size, outcome.dispersion])
          expect(Number.isFinite(reading)).toBe(glows && c.route !== "bulk antisolvent");
        if (label === 1 || label === 2) expect(outcome.peak).toBeNaN();
        if (label === 0) expect(outcome.peak > 300 && outcome.peak <= emissionPeak(Number.NaN)).toBe(true);
        expect(outcome.leadYield >= 0 && outcome.leadYield <= 1).toBe(true);
      }),
      { numRuns: 2000 },
    );
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(20);
  });

  it("gives bulk crystals the bulk's emission and no size", () => {
    const { label, outcome } = run({
      ...reprecipitated,
      route: "bulk antisolvent",
      timeSecond: 36_000,
      leadMolar: 0.02,
      caesiumMolar: 0.02,
      bromideMolar: 0.06,
      polarSolventFraction: 0.3,
    });
    expect(label).not.toBe(4);
    expect(outcome.size).toBeNaN();
    expect(outcome.peak).toBe(emissionPeak(Number.NaN));
  });

  it("takes size from the recipe in the vessel, dispersion from time, and the peak from the size", () => {
    const { outcome } = run(classic);
    expect(outcome.size).toBe(
      particleSize({ ...classic, bromideLeadRatio: 2, oleylamineLeadRatio: 0.237 / 0.029 }, averageHabit),
    );
    expect(outcome.dispersion).toBe(sizeDispersion(5));
    expect(outcome.peak).toBe(emissionPeak(outcome.size));
    const habit = { lnSize: 0.3, temperatureSlope: 0.01, bromideSlope: -1 };
    const big = simulateExperiment(classic, { physics, habit, threshold: referenceThreshold });
    expect(big.outcome.size).toBe(
      particleSize({ ...classic, bromideLeadRatio: 2, oleylamineLeadRatio: 0.237 / 0.029 }, habit),
    );
    expect(big.outcome.size).toBeGreaterThan(1.2 * outcome.size);
    expect(big.phaseFractions).toEqual(run(classic).phaseFractions);
  });

  it("lets an operator's threshold change probabilities and nothing else", () => {
    fc.assert(
      fc.property(anyConditions, (c) => {
        const [keen, dull] = [0.1, 0.22].map((threshold) =>
          simulateExperiment(c, { physics, habit: averageHabit, threshold }),
        );
        expect({ ...keen, probabilities: [] }).toEqual({ ...dull, probabilities: [] });
        expect(keen.probabilities[3]).toBeGreaterThanOrEqual(dull.probabilities[3] - 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  describe("in fine sweeps", () => {
    /** Largest change from one step to the next where nuclei form; of sizes and peaks where both are there. */
    interface Jumps {
      readonly weightFraction: number;
      readonly leadYield: number;
      readonly lnSize: number;
      readonly peakNanometre: number;
      readonly labels: ReadonlySet<number>;
    }

    function sweep(at: (u: number) => Conditions, steps: number): Jumps {
      const jumps = { weightFraction: 0, leadYield: 0, lnSize: 0, peakNanometre: 0, labels: new Set<number>() };
      let before = run(at(0));
      for (let i = 1; i <= steps; i++) {
        const after = run(at(i / steps));
        jumps.labels.add(after.label);
        // Where no nuclei form the steep rates of nucleation decide between solids that nobody sees.
        if (Math.min(before.nucleation.onsetProbability, after.nucleation.onsetProbability) < 0.5) {
          before = after;
          continue;
        }
        jumps.leadYield = Math.max(jumps.leadYield, Math.abs(after.outcome.leadYield - before.outcome.leadYield));
        after.phaseFractions.weightFractions.forEach(
          (share, k) =>
            (jumps.weightFraction = Math.max(
              jumps.weightFraction,
              Math.abs(share - before.phaseFractions.weightFractions[k]),
            )),
        );
        if (before.label === after.label && !Number.isNaN(before.outcome.peak + after.outcome.peak)) {
          jumps.lnSize = Math.max(jumps.lnSize, Math.abs(Math.log(after.outcome.size / before.outcome.size)));
          jumps.peakNanometre = Math.max(jumps.peakNanometre, Math.abs(after.outcome.peak - before.outcome.peak));
        }
        before = after;
      }
      return jumps;
    }

    const along = (low: number, high: number, u: number): number => low * (high / low) ** u;
    const starts: Readonly<Record<string, Conditions>> = {
      "hot injection, 5 s": classic,
      "hot injection, 10 min": { ...classic, timeSecond: 600 },
      "LARP, 1 min": reprecipitated,
      "LARP, 10 h": { ...reprecipitated, timeSecond: 36_000 },
    };
    const sweeps: Readonly<Record<string, (c: Conditions, u: number) => Conditions>> = {
      "temperature, 0 to 60 or 100 to 240 °C": (c, u) => ({
        ...c,
        temperatureCelsius: c.route === "LARP" ? 60 * u : 100 + 140 * u,
      }),
      "Cs:Pb, 0.05 to 10": (c, u) => {
        const caesiumMolar = c.leadMolar * along(0.05, 10, u);
        return c.caesiumOleateMolar > 0
          ? { ...c, caesiumMolar, caesiumOleateMolar: caesiumMolar, oleicAcidMolar: c.oleicAcidMolar + caesiumMolar }
          : { ...c, caesiumMolar, bromideMolar: 2 * c.leadMolar + caesiumMolar };
      },
      "OAm:Pb, 0.1 to 100": (c, u) => ({ ...c, oleylamineMolar: c.leadMolar * along(0.1, 100, u) }),
      "OA:Pb, 0.5 to 70": (c, u) => ({ ...c, oleicAcidMolar: c.leadMolar * along(0.5, 70, u) }),
      "dilution, to a thousandth": (c, u) => {
        const share = along(1, 1e-3, u);
        return {
          ...c,
          caesiumMolar: share * c.caesiumMolar,
          caesiumOleateMolar: share * c.caesiumOleateMolar,
          leadMolar: share * c.leadMolar,
          bromideMolar: share * c.bromideMolar,
        };
      },
      "water, 0 to 0.4": (c, u) => ({ ...c, waterFraction: 0.4 * u }),
      "time, 1 s to 10 days": (c, u) => ({ ...c, timeSecond: along(1, 864_000, u) }),
    };
    const cases = Object.entries(starts).flatMap(([start, c]) =>
      Object.entries(sweeps).map(([name, f]) => [start, name, (u: number) => f(c, u)] as const),
    );

    it.each(cases)(
      "%s; %s: no step of 2000 jumps more than 0.02 in weight fraction, 0.02 in yield, 1 % in size or 1 nm in peak",
      (_start, _name, at) => {
        const jumps = sweep(at, 2000);
        expect(jumps.weightFraction).toBeLessThan(0.02);
        expect(jumps.leadYield).toBeLessThan(0.02);
        expect(jumps.lnSize).toBeLessThan(0.01);
        expect(jumps.peakNanometre).toBeLessThan(1);
      },
    );

    it.each(cases)("%s; %s: ten times the steps, a tenth of the jump", (_start, _name, at) => {
      const [coarse, fine] = [sweep(at, 150), sweep(at, 1500)];
      for (const key of ["weightFraction", "leadYield", "lnSize", "peakNanometre"] as const)
        expect(fine[key], key).toBeLessThanOrEqual(0.2 * coarse[key] + 1e-5);
    });

    it("cross borders: sweeps meet all five classes", () => {
      const met = new Set(cases.flatMap(([, , at]) => [...sweep(at, 100).labels]));
      expect([...met].sort()).toEqual([0, 1, 2, 3, 4]);
    });
  });

  it("finds no product in water, and none without caesium to speak of", () => {
    expect(run(conditions({ waterFraction: 0.3 })).label).toBe(4);
    expect(run(conditions({ caesiumMolar: 1e-6, caesiumOleateMolar: 1e-6 })).label).toBe(4);
    expect(run(conditions({ caesiumMolar: 0.4, oleicAcidMolar: 1 })).label).toBe(4);
  });
});
