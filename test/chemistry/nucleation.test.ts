import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boltzmannConstant, noNucleation } from "../../src/chemistry/constants.js";
import { barrierConstant, nucleation } from "../../src/chemistry/nucleation.js";
import { assumedParameters, valuesOf } from "../../src/chemistry/physicsParameters.js";
import type { Supersaturation } from "../../src/chemistry/supersaturation.js";
import { kelvin } from "../../src/chemistry/units.js";
import { anyConditions, anyPhysics, between, chain } from "./anyConditions.js";

const assumed = valuesOf(assumedParameters);
const vessel = { temperatureCelsius: 126.85, timeSecond: 10, mixingSecond: 0.5, volumeMillilitre: 10 };

function saturation(lnCsPbBr3: number, lnCs4PbBr6 = -1, lnCsPb2Br5 = -1): Supersaturation {
  return {
    lnCaesiumBromide: 0,
    lnLeadBromide: 0,
    lnCsPbBr3,
    lnCs4PbBr6,
    lnCsPb2Br5,
    exchangeCs4PbBr6: 0,
    exchangeCsPb2Br5: 0,
  };
}

describe("nucleation", () => {
  it("has a barrier of 10.4866 kT for 0.022 J/m² and 0.199 nm³ at 400 K and ln S = 2", () => {
    // 16π/3 · 0.022³ · (1.99e-28)² / k³ = 2.68456e9 K³, computed in Python; over 400³ · 2².
    expect(barrierConstant(0.022, 0.199) / 2684558967.57033).toBeCloseTo(1, 12);
    const { lnRateCsPbBr3 } = nucleation(saturation(2), vessel, assumed);
    expect(lnRateCsPbBr3).toBeCloseTo(Math.log(1e32) - 10.4865584670716, 9);
  });

  it("has the barrier of a sphere: surface energy of the critical radius 2γv/(kT ln S), a third of its surface", () => {
    const T = 400;
    const drive = boltzmannConstant * T * 1.5;
    const [surfaceEnergy, volume] = [0.03, 0.471e-27];
    const radius = (2 * surfaceEnergy * volume) / drive;
    const work = (4 * Math.PI * radius ** 2 * surfaceEnergy) / 3;
    expect(barrierConstant(surfaceEnergy, 0.471) / (T ** 3 * 1.5 ** 2) / (work / (boltzmannConstant * T))).toBeCloseTo(
      1,
      12,
    );
  });

  it("makes no nuclei unless S > 1", () => {
    for (const lnS of [0, -1e-9, -3, -100]) {
      const { lnRateCsPbBr3, onsetProbability } = nucleation(saturation(lnS), vessel, assumed);
      expect([lnRateCsPbBr3, onsetProbability]).toEqual([noNucleation, 0]);
    }
    expect(nucleation(saturation(-1, 3), vessel, assumed).lnRateCsPbBr3).toBe(noNucleation);
    expect(nucleation(saturation(-1, 3), vessel, assumed).onsetProbability).toBeGreaterThan(0.99);
  });

  it("never slows down as S rises, and approaches the prefactor", () => {
    fc.assert(
      fc.property(between(-2, 30), between(0, 5), between(-2, 30), anyPhysics, (lnS, more, other, p) => {
        const [low, high] = [
          nucleation(saturation(lnS, other, other), vessel, p),
          nucleation(saturation(lnS + more, other, other), vessel, p),
        ];
        expect(high.lnRateCsPbBr3).toBeGreaterThanOrEqual(low.lnRateCsPbBr3);
        expect(high.onsetProbability).toBeGreaterThanOrEqual(low.onsetProbability - 1e-12);
        expect(high.lnRateCsPbBr3).toBeLessThan(p.lnNucleationPrefactor);
      }),
    );
    expect(nucleation(saturation(1e4), vessel, assumed).lnRateCsPbBr3).toBeCloseTo(Math.log(1e32), 6);
  });

  it("sees the product with an even chance at N_min nuclei, and by 1 - 2^(-N/N_min) elsewhere", () => {
    // At this rate J, a volume of N_min / (J t) holds N_min nuclei.
    const lnRate = nucleation(saturation(0.75), vessel, assumed).lnRateCsPbBr3;
    const even = Math.exp(assumed.lnVisibleNuclei - lnRate - Math.log(vessel.mixingSecond)) * 1e6;
    const onset = (times: number): number =>
      nucleation(saturation(0.75), { ...vessel, volumeMillilitre: times * even }, assumed).onsetProbability;
    expect(onset(1)).toBeCloseTo(0.5, 9);
    expect(onset(2)).toBeCloseTo(0.75, 9);
    expect(onset(0.1)).toBeCloseTo(1 - 2 ** -0.1, 9);
    expect(onset(1e6)).toBe(1);
  });

  it("adds the nuclei of all three compounds", () => {
    const one = nucleation(saturation(0.8), vessel, assumed);
    const all = nucleation(saturation(0.8, 2, 2), vessel, assumed);
    const total = Math.exp(all.lnRateCsPbBr3) + Math.exp(all.lnRateCs4PbBr6) + Math.exp(all.lnRateCsPb2Br5);
    expect(all.lnRateCsPbBr3).toBe(one.lnRateCsPbBr3);
    const tiny = {
      ...vessel,
      volumeMillilitre: (Math.exp(assumed.lnVisibleNuclei) / total / vessel.mixingSecond) * 1e6,
    };
    expect(nucleation(saturation(0.8, 2, 2), tiny, assumed).onsetProbability).toBeCloseTo(0.5, 9);
  });

  it("bursts while the liquids mix or until the reaction is stopped, whichever is first", () => {
    const at = (timeSecond: number, mixingSecond: number): number =>
      nucleation(saturation(0.75), { ...vessel, volumeMillilitre: 1e12, timeSecond, mixingSecond }, assumed)
        .onsetProbability;
    expect(at(10, 0.5)).toBe(at(1000, 0.5));
    expect(at(0.5, 10)).toBe(at(10, 0.5));
    expect(at(10, 2)).toBeGreaterThan(at(10, 0.5));
  });

  it("gives finite rates and a probability in [0, 1] for any conditions and parameters", () => {
    fc.assert(
      fc.property(anyConditions, anyPhysics, (c, p) => {
        const { nuclei } = chain(c, p);
        for (const rate of [nuclei.lnRateCsPbBr3, nuclei.lnRateCs4PbBr6, nuclei.lnRateCsPb2Br5])
          expect(rate >= noNucleation && rate <= p.lnNucleationPrefactor).toBe(true);
        expect(nuclei.onsetProbability >= 0 && nuclei.onsetProbability <= 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("goes faster when it is hotter at the same S", () => {
    const rate = (temperatureCelsius: number): number =>
      nucleation(saturation(1.5), { ...vessel, temperatureCelsius }, assumed).lnRateCsPbBr3;
    expect(rate(180)).toBeGreaterThan(rate(25));
    const barrier = (celsius: number): number => (Math.log(1e32) - rate(celsius)) * kelvin(celsius) ** 3;
    expect(barrier(180) / barrier(25)).toBeCloseTo(1, 9);
  });
});
