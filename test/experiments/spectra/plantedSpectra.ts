import { boxMuller } from "../../../src/core/random/boxMuller.js";
import type { Random } from "../../../src/core/random/Random.js";
import type { Spectrum } from "../../../src/experiments/spectra/Spectrum.js";

/** Light by wavelength in nm. */
export type Line = (wavelength: number) => number;

export const gaussian =
  (centre: number, width: number): Line =>
  (x) =>
    Math.exp(-4 * Math.LN2 * ((x - centre) / width) ** 2);

export const lorentzian =
  (centre: number, width: number): Line =>
  (x) =>
    1 / (1 + ((2 * (x - centre)) / width) ** 2);

/** Fraser and Suzuki's line, which leans to longer wavelengths where `lean` is above 0. */
export const leaning =
  (centre: number, width: number, lean: number): Line =>
  (x) => {
    const argument = 1 + (2 * lean * (x - centre)) / width;
    return argument > 0 ? Math.exp(-Math.LN2 * (Math.log(argument) / lean) ** 2) : 0;
  };

export const sum =
  (...lines: readonly Line[]): Line =>
  (x) =>
    lines.reduce((total, line) => total + line(x), 0);

/** What is planted, by name: of a centre and a width in nm. */
export const plantedLines: Readonly<Record<string, (centre: number, width: number) => Line>> = {
  "a Gaussian": gaussian,
  "a Lorentzian": lorentzian,
  "a line that leans to longer wavelengths": (centre, width) => leaning(centre, width, 0.3),
  "a line that leans to shorter wavelengths": (centre, width) => leaning(centre, width, -0.3),
  "a line with a second one beside it": (centre, width) =>
    sum(gaussian(centre, width), (x) => 0.3 * gaussian(centre + 3 * width, width)(x)),
  "a line with a shoulder": (centre, width) =>
    sum(gaussian(centre, width), (x) => 0.3 * gaussian(centre + 1.4 * width, width)(x)),
};

export const wavelengths: Float64Array = Float64Array.from({ length: 201 }, (_, i) => 400 + i);

/** Place of the maximum and full width at half maximum of light without noise and background, to 0.002 nm. */
export function truthOf(line: Line, near: number): { readonly peak: number; readonly width: number } {
  const step = 0.001;
  let peak = near;
  while (line(peak + step) > line(peak)) peak += step;
  while (line(peak - step) > line(peak)) peak -= step;
  let [low, high] = [peak, peak];
  while (line(low) > line(peak) / 2) low -= step;
  while (line(high) > line(peak) / 2) high += step;
  return { peak, width: high - low };
}

/** Counts of light with the noise of counting them, which with so many is normal. */
export function counted(
  line: Line,
  { counts, background = 0 }: { readonly counts: number; readonly background?: number },
  random: Random,
): Spectrum {
  return {
    wavelengths,
    counts: wavelengths.map((x) => {
      const expected = counts * (line(x) + background);
      return Math.max(0, Math.round(expected + Math.sqrt(expected) * boxMuller(1 - random(), random())[0]));
    }),
  };
}
