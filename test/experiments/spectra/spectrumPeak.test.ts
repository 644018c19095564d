import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { spectrumPeak } from "../../../src/experiments/spectra/spectrumPeak.js";
import { spectrumWidth } from "../../../src/experiments/spectra/spectrumWidth.js";
import { counted, gaussian, plantedLines, sum, truthOf, wavelengths } from "./plantedSpectra.js";

const widths = [12, 20, 30];
/** Places between two recorded wavelengths, where an answer by whole nanometres would be off. */
const centres = Array.from({ length: 10 }, (_, i) => 470 + i / 10);

describe.each(Object.entries(plantedLines))("of %s", (name, lineOf) => {
  const cases = [0, 0.05].flatMap((background) => widths.map((width) => ({ width, background })));

  it.each(cases)(
    "$width nm wide over $background of its height, the peak is off by 0.05 nm and the width by 2 % at most on average",
    ({ width, background }) => {
      const random = seededRandom(1).fork(name).fork(`${width} ${background}`);
      const misses = centres.flatMap((centre) => {
        const line = lineOf(centre, width);
        const truth = truthOf(line, centre);
        return Array.from({ length: 10 }, (_, repeat) => {
          const spectrum = counted(line, { counts: 100_000, background }, random.fork(`${centre} ${repeat}`));
          const [peak, own] = [spectrumPeak(spectrum), spectrumWidth(spectrum)];
          return { peak: peak.wavelength! - truth.peak, width: own.width! / truth.width - 1 };
        });
      });
      const mean = (of: "peak" | "width"): number => misses.reduce((total, one) => total + one[of], 0) / misses.length;
      expect(Math.abs(mean("peak"))).toBeLessThanOrEqual(0.05);
      expect(Math.abs(mean("width"))).toBeLessThanOrEqual(0.02);
    },
  );
});

describe("spectrumPeak", () => {
  const spectrumOf = (of: (x: number) => number) => ({ wavelengths, counts: wavelengths.map(of) });
  const line = gaussian(480.4, 20);

  it.each([
    ["no counts", [], "counts at 7 wavelengths or more are needed; got 0"],
    ["all missing", wavelengths.map(() => Number.NaN), "counts at 7 wavelengths or more are needed; got 0"],
    ["all 0", wavelengths.map(() => 0), "no count is above 0"],
    ["below 0", wavelengths.map((x) => -1 - line(x)), "no count is above 0"],
    ["flat", wavelengths.map(() => 500), "no line stands out of the noise"],
    [
      "noise alone",
      counted(() => 0, { counts: 1e4, background: 1 }, seededRandom(2)).counts,
      "no line stands out of the noise",
    ],
    [
      "saturated",
      wavelengths.map((x) => Math.min(70_000, 100_000 * line(x))),
      "the counts are cut flat from 474 to 487 nm: the detector was saturated",
    ],
    [
      "cut on the way up",
      wavelengths.map((x) => (x > 475 ? Number.NaN : 1000 * line(x))),
      "the counts grow up to 475 nm, where the record ends",
    ],
    [
      "cut on the way down",
      wavelengths.map((x) => (x < 485 ? Number.NaN : 1000 * line(x))),
      "the counts grow up to 485 nm, where the record ends",
    ],
  ])("gives a reason for counts that are %s, and so does spectrumWidth", (_, counts, reason) => {
    const spectrum = { wavelengths: wavelengths.subarray(0, counts.length), counts };
    expect(spectrumPeak(spectrum)).toEqual({ reason, wavelength: null, height: null, brightest: null });
    expect(spectrumWidth(spectrum)).toMatchObject({ reason, width: null, energyWidth: null });
  });

  it("takes a top that rounding made flat for what it is", () => {
    const { reason, wavelength } = spectrumPeak(spectrumOf((x) => Math.round(100 * line(x)) / 100));
    expect(reason).toBeNull();
    expect(wavelength).toBeCloseTo(480.4, 0);
  });

  it("stays at the brighter of two heads", () => {
    const { wavelength } = spectrumPeak(
      spectrumOf((x) => 1000 * sum(gaussian(470, 14), (y) => 0.95 * gaussian(486, 14)(y))(x)),
    );
    expect(Math.abs(wavelength! - 470)).toBeLessThan(1);
  });

  it("refuses lengths that differ, wavelengths that do not ascend, and infinite counts", () => {
    expect(() => spectrumPeak({ wavelengths: [1, 2], counts: [1] })).toThrow(
      "one count per wavelength is needed; got 1 counts and 2 wavelengths",
    );
    expect(() => spectrumPeak({ wavelengths: [2, 1], counts: [1, 1] })).toThrow(
      "wavelengths must be finite and ascend; got 1 nm at place 1, after 2 nm",
    );
    expect(() => spectrumPeak({ wavelengths: [1, 2], counts: [1, Infinity] })).toThrow("got Infinity at 2 nm");
  });

  it("never answers with NaN, whatever the counts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(Number.NaN), fc.nat(50), fc.double({ min: -5, max: 1e6, noNaN: true })), {
          maxLength: 40,
        }),
        (counts) => {
          const spectrum = { wavelengths: wavelengths.subarray(0, counts.length), counts };
          const [peak, width] = [spectrumPeak(spectrum), spectrumWidth(spectrum)];
          for (const [reason, ...numbers] of [
            [peak.reason, peak.wavelength, peak.height, peak.brightest],
            [width.reason, width.width, width.low, width.high, width.energyWidth, width.half, width.background],
          ])
            expect(numbers.every((one) => (reason === null ? Number.isFinite(one) : one === null))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
