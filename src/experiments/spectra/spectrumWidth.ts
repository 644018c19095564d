import { planckLightElectronvoltNanometre } from "../../chemistry/constants.js";
import { leastSquares } from "../../core/statistics/leastSquares.js";
import { type RecordedSpectrum, recordedSpectrum, type Spectrum } from "./Spectrum.js";
import { spectrumPeak } from "./spectrumPeak.js";

/** Full width of a line at half of its maximum, or why it cannot be told. */
export type SpectrumWidth =
  | {
      readonly reason: null;
      /** nm. */
      readonly width: number;
      /** meV: photon energy of `low` less that of `high`. */
      readonly energyWidth: number;
      /** nm: where the line has half of its height, on either side. */
      readonly low: number;
      readonly high: number;
      /** Counts at half height, and of what lies beneath the line. */
      readonly half: number;
      readonly background: number;
    }
  | {
      readonly reason: string;
      readonly width: null;
      readonly energyWidth: null;
      readonly low: null;
      readonly high: null;
      readonly half: null;
      readonly background: null;
    };

/** Places around half height that tell where it is passed. */
const crossingPlaces = 6;
/** A foot of a line begins so many widths from its maximum. */
const footFrom = 2;
/** With fewer places a foot does not tell what lies beneath. */
const fewestInFoot = 10;

/**
 * Full width at half maximum of the line of most light. Half is that of the height of spectrumPeak over the background;
 * it is passed where a parabola through the 6 places around the nearest passage to the maximum has it. A second line
 * that does not fall below half in between is part of the first.
 *
 * The background is what the feet of the line tend to: on each side with 10 places or more that lie 2 widths or more
 * from the maximum, counts are fitted by a constant and a share that falls with the square of the distance, as a
 * Lorentzian does. The lower constant counts, for a second line stands on one side; at least 0, and 0 without a foot.
 *
 * Where there is no peak, or no half height on a side, or counts are missing in between, there is a reason.
 *
 * @throws RangeError if lengths differ, wavelengths do not ascend, or counts are infinite
 */
export function spectrumWidth(spectrum: Spectrum): SpectrumWidth {
  const peak = spectrumPeak(spectrum);
  if (peak.reason !== null) return untold(peak.reason);
  const recorded = recordedSpectrum(spectrum, "spectrumWidth");
  const { wavelength, height } = peak;
  let background = 0;
  let [low, high, half] = [Number.NaN, Number.NaN, Number.NaN];
  // The feet begin where the width tells, and the width is that over their background.
  for (let round = 0; round < 3; round++) {
    half = background + (height - background) / 2;
    const ends = (["low", "high"] as const).map((side) => passage(recorded, peak.brightest, half, side));
    const open = ends.indexOf(null);
    if (open >= 0) {
      const side = open === 0 ? "short" : "long";
      return untold(`the line does not fall to half of its height on the side of ${side} wavelengths`);
    }
    [low, high] = ends as [number, number];
    background = backgroundOf(recorded, wavelength, high - low);
  }
  if (hasGap(spectrum, low, high)) return untold("counts are missing within the line");
  return {
    reason: null,
    width: high - low,
    energyWidth: 1000 * planckLightElectronvoltNanometre * (1 / low - 1 / high),
    low,
    high,
    half,
    background,
  };
}

function untold(reason: string): SpectrumWidth {
  return { reason, width: null, energyWidth: null, low: null, high: null, half: null, background: null };
}

/** nm; null where counts stay above the level. */
function passage(
  { wavelengths, counts }: RecordedSpectrum,
  brightest: number,
  level: number,
  side: "low" | "high",
): number | null {
  const step = side === "low" ? -1 : 1;
  let below = wavelengths.indexOf(brightest);
  while (below in counts && counts[below] > level) below += step;
  if (!(below in counts)) return null;
  const above = below - step;
  const straight =
    wavelengths[above] +
    ((wavelengths[below] - wavelengths[above]) * (counts[above] - level)) / (counts[above] - counts[below]);
  const from = Math.min(
    Math.max(0, Math.min(above, below) + 1 - crossingPlaces / 2),
    Math.max(0, counts.length - crossingPlaces),
  );
  const places = Array.from({ length: crossingPlaces }, (_, i) => from + i).filter((place) => place in counts);
  const at = (x: number): readonly number[] => [x, x * x];
  const [offset, slope, bend] = leastSquares(
    places.map((place) => at(wavelengths[place] - straight)),
    places.map((place) => counts[place] - level),
  );
  const root = nearestRoot(offset, slope, bend);
  const found = straight + root;
  return Math.abs(root) <= Math.abs(wavelengths[places.at(-1)!] - wavelengths[places[0]]) / 2 ? found : straight;
}

/** Of a parabola, the one nearer to 0; infinite where it has none. */
function nearestRoot(offset: number, slope: number, bend: number): number {
  const under = slope ** 2 - 4 * bend * offset;
  if (under < 0) return Infinity;
  // The stable form, which holds for a straight line too.
  const divisor = slope + Math.sign(slope || 1) * Math.sqrt(under);
  return divisor === 0 ? Infinity : (-2 * offset) / divisor;
}

function backgroundOf({ wavelengths, counts }: RecordedSpectrum, centre: number, width: number): number {
  const constants = [-1, 1].flatMap((side) => {
    const foot = Array.from(wavelengths.keys()).filter((i) => side * (wavelengths[i] - centre) >= footFrom * width);
    if (foot.length < fewestInFoot) return [];
    const share = (i: number): number => (width / (wavelengths[i] - centre)) ** 2;
    const [constant, feet] = leastSquares(
      foot.map((i) => [share(i)]),
      foot.map((i) => counts[i]),
    );
    // No line takes light away beside it.
    return [feet >= 0 ? constant : foot.reduce((sum, i) => sum + counts[i], 0) / foot.length];
  });
  return constants.length === 0 ? 0 : Math.max(0, Math.min(...constants));
}

/** Whether counts are missing from one place to another. */
function hasGap({ wavelengths, counts }: Spectrum, low: number, high: number): boolean {
  return Array.from(wavelengths).some((one, i) => one > low && one < high && Number.isNaN(counts[i]));
}
