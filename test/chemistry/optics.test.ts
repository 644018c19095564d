import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullWidth, homogeneousWidth, planckLightElectronvoltNanometre } from "../../src/chemistry/constants.js";
import { emissionEnergy, emissionPeak, emissionWidth, quantumYield } from "../../src/chemistry/optics.js";
import { sizeDispersion } from "../../src/chemistry/size.js";
import { between, evenly } from "./anyConditions.js";

describe("emissionPeak", () => {
  it("is 508 to 512 nm for particles of 8.2 to 8.5 nm", () => {
    for (const size of [8.2, 8.3, 8.4, 8.5])
      expect(emissionPeak(size) >= 508 && emissionPeak(size) <= 512, `${size} nm: ${emissionPeak(size)}`).toBe(true);
    expect(emissionPeak(8.2)).toBeCloseTo(509.7, 1);
    expect(emissionPeak(8.5)).toBeCloseTo(510.9, 1);
  });

  it("is 485 nm at 5 nm, 460 nm at 3.5 nm and 520 nm at 12 nm, within the stated 15 meV (60 below 4 nm)", () => {
    for (const [size, peak, meV] of [
      [5, 485, 15],
      [12, 520, 15],
      [3.5, 460, 60],
    ])
      expect(Math.abs(emissionEnergy(size) - planckLightElectronvoltNanometre / peak) * 1000).toBeLessThan(meV);
  });

  it("grows with the particles towards the bulk's 529.8 nm at 2.34 eV, which a product without size has", () => {
    fc.assert(
      fc.property(evenly(1, 1000), evenly(1.0001, 3), (size, factor) => {
        expect(emissionPeak(factor * size)).toBeGreaterThan(emissionPeak(size));
        expect(emissionPeak(size)).toBeLessThan(emissionPeak(Number.NaN));
      }),
    );
    expect(emissionEnergy(Number.NaN)).toBe(2.34);
    expect(emissionPeak(Number.NaN)).toBeCloseTo(529.85, 2);
    expect(emissionPeak(1e6)).toBeCloseTo(emissionPeak(Number.NaN), 6);
  });

  it("has a confinement between the limits of both published reduced masses, 6.3 and 9.0 eV nm²", () => {
    // 3π²ħ²/(2μ): ħ²/m0 = 0.0762 eV nm².
    const [heavy, light] = [0.18, 0.126].map((mass) => (1.5 * Math.PI ** 2 * 0.0762) / mass);
    const limit = (emissionEnergy(100) - 2.34) * 100 ** 2;
    expect(limit).toBeGreaterThan(heavy);
    expect(limit).toBeLessThan(light);
  });
});

describe("emissionWidth", () => {
  it("is 12 to 25 nm for particles of 5 to 12 nm after 60 s", () => {
    for (let size = 5; size <= 12; size += 0.25) {
      const width = emissionWidth(size, sizeDispersion(60));
      expect(width >= 12 && width <= 25, `${size} nm: ${width} nm`).toBe(true);
    }
  });

  it("is the homogeneous 72 meV alone for equal particles and for bulk", () => {
    expect(emissionWidth(8, 0)).toBeCloseTo((0.072 * emissionPeak(8) ** 2) / planckLightElectronvoltNanometre, 9);
    expect(emissionWidth(Number.NaN, Number.NaN)).toBeCloseTo(
      (0.072 * emissionPeak(Number.NaN) ** 2) / planckLightElectronvoltNanometre,
      9,
    );
  });

  it("adds in quadrature the energies of particles one standard deviation apart, times 2.355", () => {
    fc.assert(
      fc.property(evenly(3, 100), between(0.02, 0.3), (size, dispersion) => {
        const step = 1e-4 * size;
        const slope = (emissionEnergy(size + step) - emissionEnergy(size - step)) / (2 * step);
        const expected =
          (Math.hypot(homogeneousWidth, fullWidth * dispersion * size * slope) * emissionPeak(size) ** 2) /
          planckLightElectronvoltNanometre;
        expect(emissionWidth(size, dispersion) / expected).toBeCloseTo(1, 6);
      }),
    );
    expect(fullWidth).toBeCloseTo(2.3548, 4);
  });

  it("broadens with dispersion", () => {
    fc.assert(
      fc.property(evenly(2, 100), between(0.05, 0.3), between(0.01, 0.2), (size, dispersion, more) => {
        expect(emissionWidth(size, dispersion + more)).toBeGreaterThan(emissionWidth(size, dispersion));
      }),
    );
  });
});

describe("quantumYield", () => {
  it("is 1 / (1 + 3 (1 - θ) + 20 w) by hand: half the sites covered by 0.05 mol/L free amine, 1 % water", () => {
    expect(quantumYield({ freeOleylamineMolar: 0.05, ionPairMolar: 0 }, 0.01, 1)).toBeCloseTo(1 / (1 + 1.5 + 0.2), 12);
    expect(quantumYield({ freeOleylamineMolar: 0, ionPairMolar: 0.1 }, 0.01, 1)).toBeCloseTo(1 / 2.7, 12);
    expect(quantumYield({ freeOleylamineMolar: 0, ionPairMolar: 0 }, 0, 0.5)).toBeCloseTo(0.125, 12);
  });

  it("lies in (0, 1), rises with ligand and the share of CsPbBr3, falls with water", () => {
    fc.assert(
      fc.property(evenly(1e-6, 3), evenly(1e-6, 3), between(0, 0.9), between(0.15, 1), (amine, pair, water, share) => {
        const at = quantumYield({ freeOleylamineMolar: amine, ionPairMolar: pair }, water, share);
        expect(at > 0 && at < 1).toBe(true);
        expect(quantumYield({ freeOleylamineMolar: 2 * amine, ionPairMolar: pair }, water, share)).toBeGreaterThan(at);
        expect(quantumYield({ freeOleylamineMolar: amine, ionPairMolar: 2 * pair }, water, share)).toBeGreaterThan(at);
        expect(quantumYield({ freeOleylamineMolar: amine, ionPairMolar: pair }, water + 0.01, share)).toBeLessThan(at);
        expect(quantumYield({ freeOleylamineMolar: amine, ionPairMolar: pair }, water, share / 2)).toBeLessThan(at);
      }),
    );
  });
});
