import { evaluateLinear, leastSquares } from "../../core/statistics/leastSquares.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import { type RecordedSpectrum, recordedSpectrum, type Spectrum } from "./Spectrum.js";

/** Where a spectrum is brightest, or why that cannot be told. */
export type SpectrumPeak =
  | {
      readonly reason: null;
      /** nm: the maximum of the light, between the recorded wavelengths. */
      readonly wavelength: number;
      /** Counts there, by the same fit. */
      readonly height: number;
      /** nm: the recorded wavelength with the most counts. */
      readonly brightest: number;
    }
  | { readonly reason: string; readonly wavelength: null; readonly height: null; readonly brightest: null };

/** Part of the maximum above which counts take part in the fit: of a Gaussian 0.86 of its width at half maximum. */
const fitAbove = 0.6;
/** Of the polynomial: two tell place and curvature, two more how lopsided and how pointed the line is. */
const powers = [1, 2, 3, 4] as const;
/** Where noise may make another place the brightest. */
const topAbove = 0.95;
/** Root mean square of ln counts that the fit may be off, where noise is less; of two heads it is off by more. */
const largestMiss = 0.03;
/** Two more than the polynomial has coefficients. */
const fewestPlaces = powers.length + 3;
/** A line must stand out of the noise by so many of its standard deviations. */
const clearOfNoise = 6;
/** Rounding alone leaves a run of equal counts on top of a smooth line, and no larger step than this beside it. */
const roundingSteps = 4;

/**
 * Wavelength of the most light in a spectrum, told between the recorded ones.
 *
 * It is the maximum of a polynomial of degree 4 that is fitted by least squares to the logarithm of the counts, at all
 * wavelengths around the brightest with at least 0.6 of its counts (7 at least). Of a Gaussian the logarithm is a
 * parabola; the higher powers are for lines that lean or have long feet, where a parabola would be drawn aside. The
 * maximum must lie among the places around the brightest with 0.95 of its counts, and the polynomial must follow the
 * counts (of a line with two heads it does not), else the top of a parabola through the brightest place and its
 * neighbours is taken.
 *
 * Counts that all are missing or not above 0, that do not stand out of their noise, that are cut off flat by the
 * detector, or grow up to an end of what was recorded, give a reason.
 *
 * @throws RangeError if lengths differ, wavelengths do not ascend, or counts are infinite
 */
export function spectrumPeak(spectrum: Spectrum): SpectrumPeak {
  const recorded = recordedSpectrum(spectrum, "spectrumPeak");
  const reason = unreadable(recorded);
  if (reason !== null) return { reason, wavelength: null, height: null, brightest: null };
  const { wavelengths, counts } = recorded;
  const top = brightestPlace(counts);
  return { reason: null, brightest: wavelengths[top], ...maximumNear(recorded, top) };
}

/** The first, where several are equal. */
function brightestPlace(counts: Float64Array): number {
  return counts.reduce((best, count, i) => (count > counts[best] ? i : best), 0);
}

/** Why a peak cannot be told; null where it can. */
function unreadable({ wavelengths, counts }: RecordedSpectrum): string | null {
  if (counts.length < fewestPlaces)
    return `counts at ${fewestPlaces} wavelengths or more are needed; got ${counts.length}`;
  const top = brightestPlace(counts);
  if (!(counts[top] > 0)) return "no count is above 0";
  const typical = sortedQuantile(counts.slice().sort(), 0.5);
  if (!(counts[top] - typical > clearOfNoise * noiseOf(counts))) return "no line stands out of the noise";
  let last = top;
  while (counts[last + 1] === counts[top]) last++;
  const steps = [top - 1, last + 1].filter((place) => place in counts).map((place) => counts[top] - counts[place]);
  if (last - top >= 2 && Math.max(...steps) > roundingSteps * resolutionOf(counts))
    return `the counts are cut flat from ${wavelengths[top]} to ${wavelengths[last]} nm: the detector was saturated`;
  if (top === 0 || last === counts.length - 1)
    return `the counts grow up to ${wavelengths[top === 0 ? 0 : last]} nm, where the record ends`;
  return null;
}

/** Standard deviation of neighbouring counts about the straight line between their neighbours, as of normal noise. */
function noiseOf(counts: Float64Array): number {
  const bends = Float64Array.from(
    { length: counts.length - 2 },
    (_, i) => Math.abs(counts[i] - 2 * counts[i + 1] + counts[i + 2]) / Math.sqrt(6),
  );
  // The median: the line itself bends more.
  return 1.4826 * sortedQuantile(bends.sort(), 0.5);
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
}

/** Smallest difference between two counts: what they were rounded to, or less. */
function resolutionOf(counts: Float64Array): number {
  const sorted = counts.slice().sort();
  let least = Infinity;
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i] > sorted[i - 1]) least = Math.min(least, sorted[i] - sorted[i - 1]);
  return least;
}

function maximumNear(
  { wavelengths, counts }: RecordedSpectrum,
  top: number,
): { readonly wavelength: number; readonly height: number } {
  let [from, to] = stretchAbove(counts, top, fitAbove);
  while (to - from + 1 < fewestPlaces) {
    from = Math.max(0, from - 1);
    to = Math.min(counts.length - 1, to + 1);
  }
  const places = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((place) => counts[place] > 0);
  // In units of half the stretch, for powers of nm would differ by orders of magnitude.
  const unit = (wavelengths[to] - wavelengths[from]) / 2;
  const at = (wavelength: number): readonly number[] =>
    powers.map((power) => ((wavelength - wavelengths[top]) / unit) ** power);
  if (places.length >= fewestPlaces) {
    const logs = Float64Array.from(places, (place) => Math.log(counts[place]));
    const fit = leastSquares(
      places.map((place) => at(wavelengths[place])),
      logs,
    );
    const [low, high] = stretchAbove(counts, top, topAbove);
    const wavelength = highest(
      (one) => evaluateLinear(fit, at(one)),
      wavelengths[Math.max(from, low - 1)],
      wavelengths[Math.min(to, high + 1)],
    );
    const misses = places.map((place, i) => logs[i] - evaluateLinear(fit, at(wavelengths[place])));
    const isFollowed = rootMeanSquare(misses) <= Math.max(largestMiss, 2 * noiseOf(logs));
    if (wavelength !== null && isFollowed) return { wavelength, height: Math.exp(evaluateLinear(fit, at(wavelength))) };
  }
  return parabolaTop(wavelengths, counts, top);
}

/** First and last place around the brightest up to which all counts are at least this share of it. */
function stretchAbove(counts: Float64Array, top: number, share: number): readonly [number, number] {
  let [from, to] = [top, top];
  while (from > 0 && counts[from - 1] >= share * counts[top]) from--;
  while (to < counts.length - 1 && counts[to + 1] >= share * counts[top]) to++;
  return [from, to];
}

/** Into which the stretch is divided where the maximum may lie. */
const steps = 1000;

/** Where a smooth function is highest between two places; null if at one of them. */
function highest(of: (wavelength: number) => number, low: number, high: number): number | null {
  const values = Array.from({ length: steps + 1 }, (_, i) => of(low + ((high - low) * i) / steps));
  const best = values.reduce((most, value, i) => (value > values[most] ? i : most), 0);
  if (best === 0 || best === steps) return null;
  // Between the steps, by a parabola: else answers would stand on a grid.
  const [before, here, after] = [values[best - 1], values[best], values[best + 1]];
  const bend = before - 2 * here + after;
  const shift = bend < 0 ? (before - after) / (2 * bend) : 0;
  return low + ((high - low) * (best + shift)) / steps;
}

function parabolaTop(
  wavelengths: Float64Array,
  counts: Float64Array,
  top: number,
): { readonly wavelength: number; readonly height: number } {
  const own = [top - 1, top, top + 1];
  const x = own.map((place) => wavelengths[place] - wavelengths[top]);
  const y = own.map((place) => counts[place]);
  const left = (y[1] - y[0]) / -x[0];
  const right = (y[2] - y[1]) / x[2];
  const bend = (right - left) / (x[2] - x[0]);
  const slope = left + bend * -x[0];
  const shift = bend < 0 ? -slope / (2 * bend) : 0;
  return { wavelength: wavelengths[top] + shift, height: y[1] + slope * shift + bend * shift ** 2 };
}
