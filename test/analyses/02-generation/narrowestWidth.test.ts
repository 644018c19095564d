import { describe, expect, it } from "vitest";
import { narrowestWidth, widthLevels } from "../../../src/analyses/02-generation/narrowestWidth.js";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";

const random = seededRandom(5).fork("narrowest width");

/** Recipes with means of this spread, read with these deviations. */
function recipes(spread: number, deviationOf: (row: number) => number, rows = 4000) {
  const draw = random.fork(spread);
  const means = Array.from({ length: rows }, () => spread * boxMuller(draw(), draw())[0]);
  return {
    quantiles: means.flatMap((mean, row) =>
      widthLevels.map((level) => mean + deviationOf(row) * normalQuantile(level)),
    ),
    readings: means.map((mean, row) => mean + deviationOf(row) * boxMuller(draw(), draw())[0]),
  };
}

describe("narrowestWidth", () => {
  it("is the ratio of deviations where all recipes are read equally well", () => {
    const { quantiles, readings } = recipes(3, () => 1);
    const { value, interval, n } = narrowestWidth(quantiles, readings, random);
    expect(value).toBeCloseTo(1 / Math.sqrt(10), 1);
    expect(interval.low).toBeLessThan(1 / Math.sqrt(10));
    expect(interval.high).toBeGreaterThan(1 / Math.sqrt(10));
    expect(n).toBe(4000);
  });

  it("spends shares where they are cheap: below what nine tenths of every recipe would cost", () => {
    const deviation = (row: number): number => (row % 5 === 0 ? 10 : 1);
    const { quantiles, readings } = recipes(3, deviation);
    const everywhere = (0.2 * 10 + 0.8) * 2 * normalQuantile(0.95);
    const { value } = narrowestWidth(quantiles, readings, random);
    const sorted = Float64Array.from(readings).sort();
    const marginal = sorted[3800] - sorted[200];
    expect(value).toBeLessThan((0.9 * everywhere) / marginal);
    // Four in five held nearly always, and half of the others, is about the least.
    expect(value).toBeGreaterThan(0.3);
  });

  it("is near 1 where a recipe tells nothing, and leaves out recipes that were not read", () => {
    const { quantiles, readings } = recipes(0, () => 1);
    readings[7] = Number.NaN;
    const { value, n } = narrowestWidth(quantiles, readings, random);
    expect(value).toBeGreaterThan(0.9);
    expect(n).toBe(3999);
  });
});
