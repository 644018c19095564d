import { describe, expect, it } from "vitest";
import { spectrumWidth } from "../../../src/experiments/spectra/spectrumWidth.js";
import { gaussian, lorentzian, wavelengths } from "./plantedSpectra.js";

describe("spectrumWidth", () => {
  const line = gaussian(480.4, 20);
  const spectrumOf = (of: (x: number) => number) => ({ wavelengths, counts: wavelengths.map(of) });

  it("gives the ends of the width, and the width in meV between their photon energies", () => {
    const { low, high, energyWidth } = spectrumWidth(spectrumOf((x) => 5000 * line(x)));
    expect(low).toBeCloseTo(470.4, 1);
    expect(high).toBeCloseTo(490.4, 1);
    expect(energyWidth).toBeCloseTo(1e3 * (1239.842 / low! - 1239.842 / high!), 3);
  });

  it("takes half of the height over a constant background, and the foot of a Lorentzian for no background", () => {
    const over = spectrumWidth(spectrumOf((x) => 5000 * line(x) + 400));
    expect(over.background).toBeCloseTo(400, -1);
    expect(over.width).toBeCloseTo(20, 1);
    const foot = spectrumWidth(spectrumOf((x) => 5000 * lorentzian(480.4, 20)(x)));
    expect(foot.background).toBeLessThan(5);
    expect(foot.width).toBeCloseTo(20, 1);
  });

  it("gives a reason where a side ends above half, or counts are missing within the line", () => {
    const recorded = (from: number, to: number) =>
      spectrumWidth(spectrumOf((x) => (x < from || x > to ? Number.NaN : 5000 * line(x)))).reason;
    expect(recorded(475, 600)).toBe("the line does not fall to half of its height on the side of short wavelengths");
    expect(recorded(400, 486)).toBe("the line does not fall to half of its height on the side of long wavelengths");
    expect(spectrumWidth(spectrumOf((x) => (x === 486 ? Number.NaN : 5000 * line(x)))).reason).toBe(
      "counts are missing within the line",
    );
  });
});
