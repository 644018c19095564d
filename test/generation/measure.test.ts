import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestParticle, measurementNoise } from "../../src/generation/laboratoryConstants.js";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { measure, peakNoise, type TrueOutcome } from "../../src/generation/measure.js";

/** In the middle of every range. */
const truth: TrueOutcome = { size: 10, dispersion: 0.13, peak: 514, width: 20, quantumYield: 0.5, leadYield: 0.5 };
const none = new Float64Array(6);
const names = Object.keys(truth) as (keyof TrueOutcome)[];
/** One standard deviation up in one reading alone. */
const unit = (which: number, z = 1): Float64Array => Float64Array.from({ length: 6 }, (_, i) => (i === which ? z : 0));

/** Standard deviation of each reading as the model states it: absolute, or of the logarithm. */
const stated: Readonly<
  Record<keyof TrueOutcome, { readonly deviation: number; readonly scale: (value: number) => number }>
> = {
  size: { deviation: 0.05, scale: Math.log },
  dispersion: { deviation: 0.1, scale: Math.log },
  peak: { deviation: 1.75 + 3.25 / (1 + (10 / 6) ** 4), scale: Number },
  width: { deviation: 1, scale: Number },
  quantumYield: { deviation: Math.hypot(0.05, 0.35 * 0.5), scale: Number },
  leadYield: { deviation: 0.03, scale: Number },
};

describe("measure", () => {
  it("gives the truth where there is no noise, gain or shift", () => {
    expect(measure(truth, none, 1, 0)).toEqual(truth);
  });

  it.each(names)(
    "moves %s, and nothing else, by one stated standard deviation for each unit of its own draw",
    (name) => {
      const which = names.indexOf(name);
      for (const z of [-2, -1, 1, 2]) {
        const reading = measure(truth, unit(which, z), 1, 0);
        const { deviation, scale } = stated[name];
        expect(scale(reading[name]) - scale(truth[name])).toBeCloseTo(z * deviation, 9);
        expect({ ...reading, [name]: truth[name] }).toEqual(truth);
      }
    },
  );

  it("has unbiased readings with the stated deviations, within four standard errors", () => {
    const random = seededRandom(1);
    const replicates = 20_000;
    const readings = Array.from({ length: replicates }, () =>
      measure(
        truth,
        [0, 1, 2].flatMap(() => boxMuller(1 - random(), random())),
        1,
        0,
      ),
    );
    for (const name of names) {
      const { deviation, scale } = stated[name];
      const errors = readings.map((reading) => scale(reading[name]) - scale(truth[name]));
      const mean = errors.reduce((sum, error) => sum + error, 0) / replicates;
      const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / replicates;
      // Reflection folds the outermost 0.6 % of quantum yields back, which takes 1 % off their deviation.
      const folded = name === "quantumYield" ? 0.015 : 0;
      expect(Math.abs(Math.sqrt(variance) / deviation - 1), name).toBeLessThan(4 / Math.sqrt(2 * replicates) + folded);
      expect(Math.abs(mean), name).toBeLessThan((4 * deviation) / Math.sqrt(replicates));
    }
  });

  it("keeps shares in [0, 1] by reflection: what noise carries beyond an end comes back as far inside", () => {
    const read = (quantumYield: number, z: number): number =>
      measure({ ...truth, quantumYield }, unit(4, z), 1, 0).quantumYield;
    const deviation = Math.hypot(0.05, 0.35 * 0.9);
    expect(read(0.9, 1)).toBeCloseTo(2 - (0.9 + deviation), 12);
    expect(read(0.02, -1)).toBeCloseTo(Math.hypot(0.05, 0.35 * 0.02) - 0.02, 12);
    expect(measure({ ...truth, leadYield: 0.99 }, unit(5), 1, 0).leadYield).toBeCloseTo(2 - 1.02, 12);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const z = fc.array(fc.double({ min: -60, max: 60, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(
        share,
        share,
        z,
        fc.double({ min: 0.4, max: 1.6, noNaN: true }),
        (quantumYield, leadYield, draws, gain) => {
          const reading = measure({ ...truth, quantumYield, leadYield }, draws, gain, 0);
          for (const value of [reading.quantumYield, reading.leadYield])
            expect(value >= 0 && value <= 1, String(value)).toBe(true);
        },
      ),
    );
  });

  it("piles up no yields at the bounds: of perfect yields none reads exactly 1", () => {
    const random = seededRandom(2);
    const readings = Array.from(
      { length: 2000 },
      () => measure({ ...truth, leadYield: 1 }, unit(5, boxMuller(1 - random(), random())[0]), 1, 0).leadYield,
    );
    expect(readings.filter((value) => value === 1 || value === 0)).toEqual([]);
    expect(readings.reduce((sum, value) => sum + value, 0) / readings.length).toBeCloseTo(
      1 - 0.03 * Math.sqrt(2 / Math.PI),
      2,
    );
  });

  it("reports no size or dispersion above 100 nm as read, but the emission all the same", () => {
    expect(largestParticle).toBe(100);
    expect(measure({ ...truth, size: 100 }, none, 1, 0).size).toBe(100);
    for (const reading of [
      measure({ ...truth, size: 100.01 }, none, 1, 0),
      measure({ ...truth, size: 96 }, unit(0), 1, 0),
    ]) {
      expect([reading.size, reading.dispersion]).toEqual([Number.NaN, Number.NaN]);
      expect([reading.peak, reading.width, reading.quantumYield]).toEqual([
        truth.peak,
        truth.width,
        truth.quantumYield,
      ]);
    }
    expect(measure({ ...truth, size: 103 }, unit(0, -1), 1, 0).size).toBeCloseTo(103 * Math.exp(-0.05), 9);
  });

  it("leaves missing what is missing, and reads the other quantities", () => {
    const dark = measure(
      {
        ...truth,
        size: Number.NaN,
        dispersion: Number.NaN,
        peak: Number.NaN,
        width: Number.NaN,
        quantumYield: Number.NaN,
      },
      [1, 1, 1, 1, 1, 1],
      1.1,
      2,
    );
    expect([dark.size, dark.dispersion, dark.peak, dark.width, dark.quantumYield]).toEqual(
      Array.from({ length: 5 }, () => Number.NaN),
    );
    expect(dark.leadYield).toBeCloseTo(0.53, 12);
    // Bulk crystals have no size and still emit.
    expect(measure({ ...truth, size: Number.NaN, dispersion: Number.NaN }, unit(2), 1, 0).peak).toBeCloseTo(
      514 + 1.75,
      12,
    );
  });

  it("multiplies quantum yields by the laboratory's gain and adds the spectrometer's shift to peaks alone", () => {
    expect(measure(truth, none, 1.2, 3)).toEqual({ ...truth, quantumYield: 0.6, peak: 517 });
  });
});

describe("peakNoise", () => {
  it("falls from 5 nm for the smallest particles through 3.4 nm at 6 nm to 1.75 nm for large ones and the bulk", () => {
    expect([0, 6, 1e6, Number.NaN].map(peakNoise)).toEqual([5, 1.75 + 3.25 / 2, 1.75, 1.75]);
    const sizes = Array.from({ length: 100 }, (_, i) => 1 + i);
    sizes.slice(1).forEach((size, i) => expect(peakNoise(size)).toBeLessThan(peakNoise(sizes[i])));
    // Platelets of 1 to 4 nm: replicates scatter by 4 to 6 nm.
    for (const size of [1, 2, 3, 4]) expect(peakNoise(size)).toBeGreaterThan(4);
    expect(peakNoise(0)).toBe(measurementNoise.peak + measurementNoise.peakSmall);
  });
});
