import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kelvin, molar, photonEnergy, widthInNanometre } from "../../src/chemistry/units.js";

describe("units", () => {
  it("0.188 mmol in 6.4 mL are 0.0294 mol/L", () => {
    expect(molar(0.188, 6.4)).toBeCloseTo(0.029375, 9);
    expect(() => molar(1, 0)).toThrow("above 0 mL; got 0");
  });

  it("515 nm are 2.407 eV, and back", () => {
    expect(photonEnergy(515)).toBeCloseTo(2.4075, 4);
    expect(photonEnergy(photonEnergy(515))).toBeCloseTo(515, 9);
  });

  it("a width in nm is the difference of the wavelengths half a width to each side, to first order", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 400, max: 540, noNaN: true }),
        fc.double({ min: 0.01, max: 0.15, noNaN: true }),
        (peak, width) => {
          const exact = photonEnergy(photonEnergy(peak) - width / 2) - photonEnergy(photonEnergy(peak) + width / 2);
          expect(widthInNanometre(width, peak) / exact).toBeCloseTo(1, 2);
        },
      ),
    );
  });

  it("0 °C are 273.15 K", () => {
    expect(kelvin(0)).toBe(273.15);
  });
});
