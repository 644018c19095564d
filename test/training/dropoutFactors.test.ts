import { describe, expect, it } from "vitest";
import { dropoutFactors, dropoutScale } from "../../src/training/dropoutFactors.js";

describe("dropoutFactors", () => {
  const key = [5, 6] as const;
  const at = (layer: number, row: number, step: number, width = 4096): Float64Array =>
    dropoutFactors(width, 0.3, key, { layer, row, step });

  it("drops the share asked for (4 sigma of 163,840 units), and the mean factor is 1", () => {
    let kept = 0;
    const draws = 40;
    for (let row = 0; row < draws; row++) kept += at(0, row, 1).filter((factor) => factor > 0).length;
    const n = draws * 4096;
    expect(Math.abs(kept / n - 0.7)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / n));
    expect(Math.abs((kept / n) * dropoutScale(0.3) - 1)).toBeLessThan(0.01);
  });

  it("draws another, uncorrelated mask for another layer, row, step or key", () => {
    const first = at(0, 0, 1);
    for (const other of [
      at(1, 0, 1),
      at(0, 1, 1),
      at(0, 0, 2),
      dropoutFactors(4096, 0.3, [5, 7], { layer: 0, row: 0, step: 1 }),
    ]) {
      const both = first.filter((factor, unit) => factor > 0 && other[unit] > 0).length / 4096;
      expect(Math.abs(both - 0.49)).toBeLessThan(4 * Math.sqrt((0.49 * 0.51) / 4096));
    }
  });

  it("masks a unit the same whatever the width, each unit by bits of its own", () => {
    expect(at(0, 3, 9, 70)).toEqual(at(0, 3, 9).slice(0, 70));
    const neighbours = Array.from({ length: 200 }, (_, step) => at(0, 0, step, 64));
    for (let unit = 1; unit < 64; unit++) expect(neighbours.some((mask) => mask[unit] !== mask[unit - 1])).toBe(true);
  });
});
