import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotSpectra, type SpectraPlot } from "../../src/figures/plotSpectra.js";
import { spectra } from "./figureExamples.js";

const one: SpectraPlot["spectra"][number] = {
  name: "butanol",
  wavelengths: [450, 460, 470],
  counts: [10, null, 20],
  peak: { wavelength: 463.4, height: 90 },
  half: { low: 454.4, high: 472.4, level: 45 },
};

describe("plotSpectra", () => {
  it("draws light as it was recorded, with gaps, the peak and the width at half height, and says them in words", () => {
    const { data, alt } = plotSpectra({ id: "07-x", spectra: [one] });
    expect(data).toMatchObject([
      { mode: "lines", x: [450, 460, 470], y: [10, null, 20] },
      { mode: "lines+markers", x: [454.4, 472.4], y: [45, 45] },
      { mode: "markers", x: [463.4], y: [90] },
    ]);
    expect(alt).toContain("butanol: peak at 463.4 nm, 18.0 nm wide at half height");
  });

  it("draws no mark where nothing could be told, and says why", () => {
    expect(spectra.alt).toContain("DMF: no peak, no line stands out of the noise");
    expect(spectra.alt).toContain("toluene, cut off: peak at 492.7 nm, no half width, the line does not fall");
    expect(spectra.data).toHaveLength(3 + 1 + 2);
    expect(() => checkFigure(spectra)).not.toThrow();
  });

  it.each([
    ["no spectrum", [], /1 to 6 spectra can be told apart; got 0/],
    ["two of one name", [one, one], /a name of its own; got "butanol" twice/],
    ["a count too few", [{ ...one, counts: [1] }], /butanol must have a count per wavelength; got 1 and 3/],
    [
      "a half width beside its peak",
      [{ ...one, half: { low: 1, high: 2, level: 1 } }],
      /must hold its peak; got 1 to 2 nm/,
    ],
    ["a half width without a peak", [{ ...one, peak: null }], /472\.4 nm and no peak/],
  ])("refuses %s", (_, some, message) => {
    expect(() => plotSpectra({ id: "07-x", spectra: some })).toThrow(message);
  });
});
