import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { conformalThreshold } from "../../../src/uncertainty/conformal/conformalThreshold.js";
import { followStream } from "../../../src/uncertainty/conformal/followStream.js";

const random = seededRandom(17);
const residuals = (rows: number, scale: (row: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => scale(row) * Math.abs(boxMuller(1 - random(), random())[0]));
const share = (covered: ArrayLike<number>): number => Array.from(covered).reduce((a, b) => a + b, 0) / covered.length;

describe("followStream", () => {
  it("keeps coverage on a stream whose errors treble, where split conformal prediction loses it", () => {
    const calibration = residuals(200, () => 1);
    const stream = residuals(3000, (row) => 1 + (2 * row) / 3000);
    const split = conformalThreshold(calibration, 0.1).value!;
    const followed = followStream(calibration, stream, { alpha: 0.1, step: 0.01 });
    const late = (covered: ArrayLike<number>): number => share(Array.from(covered).slice(2000));
    expect(late(Array.from(stream, (score) => (score <= split ? 1 : 0)))).toBeLessThan(0.65);
    expect(late(followed.covered)).toBeGreaterThan(0.88);
    expect(share(followed.covered)).toBeGreaterThan(0.88);
    expect(share(followed.covered)).toBeLessThan(0.92);
  });

  it("misses a share within the bound of the target, whatever the scores", () => {
    const scores = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(
        scores,
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom(0.01, 0.1, 0.5),
        fc.integer({ min: 1, max: 30 }),
        (stream, percent, step, window) => {
          const alpha = percent / 100;
          const { covered, bound, state } = followStream([1, 2, 3], stream, { alpha, step, window });
          const missed = 1 - share(covered);
          expect(Math.abs(missed - alpha)).toBeLessThanOrEqual(bound + 1e-9);
          expect(state.missed / state.rows).toBeCloseTo(missed, 12);
        },
      ),
    );
  });

  it("is judged by the rows before, never by the row itself", () => {
    const { thresholds } = followStream([5, 6, 7], [100, 1, 1], { alpha: 0.6, step: 1e-9, window: 3 });
    expect([...thresholds]).toEqual([6, 7, 7]);
  });

  it("refuses steps, windows, levels and scores that do not fit", () => {
    expect(() => followStream([1], [1], { alpha: 0.1, step: 0 })).toThrow("step must be above 0; got 0");
    expect(() => followStream([1], [1], { alpha: 0 })).toThrow("must lie between 0 and 1");
    expect(() => followStream([], [1], { alpha: 0.1 })).toThrow("the window must be an integer of at least 1; got 0");
    expect(() => followStream([1], [1, NaN], { alpha: 0.1 })).toThrow("row 1 has NaN");
    expect(() => followStream([NaN], [1], { alpha: 0.1 })).toThrow("calibration row 0 has NaN");
  });
});
