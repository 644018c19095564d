import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sobolAxes, sobolPoint } from "../../../src/core/random/sobolPoint.js";

const axes = Array.from({ length: sobolAxes }, (_, axis) => axis);

/** scipy 1.14.1, qmc.Sobol(13, scramble=False, bits=32): coordinates of a few points, axis after axis, times 1024. */
const golden: Readonly<Record<number, readonly number[]>> = {
  1: [512, 512, 512, 512, 512, 512, 512, 512, 512, 512, 512, 512, 512],
  2: [768, 256, 256, 256, 768, 768, 256, 768, 768, 768, 768, 768, 256],
  3: [256, 768, 768, 768, 256, 256, 768, 256, 256, 256, 256, 256, 768],
  5: [896, 896, 128, 384, 896, 640, 896, 384, 384, 128, 384, 896, 896],
  100: [424, 264, 792, 744, 904, 760, 24, 488, 648, 712, 472, 696, 488],
  255: [4, 1020, 788, 588, 628, 1004, 908, 180, 452, 364, 140, 172, 204],
  1000: [225, 99, 531, 693, 287, 929, 47, 921, 513, 71, 87, 261, 165],
  1023: [1, 771, 627, 149, 191, 449, 143, 633, 353, 871, 695, 37, 133],
};

describe("sobolPoint", () => {
  it("has the first 16 points of scipy 1.14.1 (qmc.Sobol, unscrambled) on axes 0, 1 and 2, in sixteenths", () => {
    const sixteenths = (axis: number): number[] => Array.from({ length: 16 }, (_, i) => 16 * sobolPoint(i, axis));
    expect(sixteenths(0)).toEqual([0, 8, 12, 4, 6, 14, 10, 2, 3, 11, 15, 7, 5, 13, 9, 1]);
    expect(sixteenths(1)).toEqual([0, 8, 4, 12, 6, 14, 2, 10, 5, 13, 1, 9, 3, 11, 7, 15]);
    expect(sixteenths(2)).toEqual([0, 8, 4, 12, 10, 2, 14, 6, 15, 7, 11, 3, 5, 13, 1, 9]);
  });

  it("agrees with scipy on all 13 axes, near the start and far out", () => {
    expect(sobolAxes).toBe(13);
    for (const [index, expected] of Object.entries(golden))
      expect(
        axes.map((axis) => 1024 * sobolPoint(Number(index), axis)),
        index,
      ).toEqual(expected);
    expect(axes.map((axis) => 2 ** 32 * sobolPoint(123_456_789, axis))).toEqual([
      4191448864, 3403469216, 27513184, 3903213344, 3757488416, 3656567136, 4188913952, 2973295136, 2755610016,
      1734853024, 3409663200, 4213708384, 1570447136,
    ]);
  });

  it("has the first 2^k points of every axis one in each of 2^k equal parts, and so with any shift", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...axes),
        fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
        (k, axis, shift) => {
          const parts = Array.from({ length: 2 ** k }, (_, i) => Math.floor(2 ** k * sobolPoint(i, axis, shift))).sort(
            (a, b) => a - b,
          );
          expect(parts).toEqual(Array.from({ length: 2 ** k }, (_, i) => i));
        },
      ),
    );
  });

  it("fills the squares of the first two axes: one of 64 points in each of 64, at every split of their sides", () => {
    for (let k = 0; k <= 6; k++) {
      const cells = Array.from(
        { length: 64 },
        (_, i) => 2 ** (6 - k) * Math.floor(2 ** k * sobolPoint(i, 0)) + Math.floor(2 ** (6 - k) * sobolPoint(i, 1)),
      );
      expect(new Set(cells).size).toBe(64);
    }
  });

  it("stays in [0, 1) with any shift and for the last index", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.constantFrom(...axes),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (index, axis, shift) => {
          const x = sobolPoint(index, axis, shift);
          expect(x >= 0 && x < 1).toBe(true);
        },
      ),
    );
    expect(sobolPoint(0, 5, 2 ** 32 - 1)).toBe(1 - 2 ** -32);
  });

  it("integrates a smooth product over all axes with a tenth of the error of random points", () => {
    // ∫ Π (1 + (x - 1/2)/4) = 1; the variance per point is (1 + 1/192)^13 - 1 = 0.07.
    const points = 4096;
    let sum = 0;
    for (let i = 0; i < points; i++)
      sum += axes.reduce((product, axis) => product * (1 + (sobolPoint(i, axis, 0x9e3779b9) - 0.5) / 4), 1);
    expect(Math.abs(sum / points - 1)).toBeLessThan(Math.sqrt(0.07 / points) / 10);
  });

  it("refuses an axis that there is not", () => {
    for (const axis of [-1, 13, Number.NaN])
      expect(() => sobolPoint(0, axis)).toThrow(`the axis must be 0 to 12; got ${axis}`);
  });
});
