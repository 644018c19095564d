import { describe, expect, it } from "vitest";
import { errorOverBins } from "../../src/calibration/errorOverBins.js";
import { normalQuantile } from "../../src/core/statistics/normalQuantile.js";
import { studentQuantile } from "../../src/core/statistics/studentQuantile.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { boxMuller } from "../../src/core/random/boxMuller.js";

const alone = (n: number) => ({
  codes: Array.from({ length: n }, (_, row) => row),
  groups: n,
  level: 0.95,
  unit: "row",
});
const many = (count: number, value: number): number[] => new Array<number>(count).fill(value);

describe("errorOverBins", () => {
  it("has the mean of one bin with its Student interval by closed form", () => {
    const probabilities = many(100, 0.9);
    const events = probabilities.map((_, row) => Number(row % 10 < 7));
    const { value, chance, interval } = errorOverBins(probabilities, events, { cuts: [], ...alone(100) });
    const error = Math.sqrt((0.7 * 0.3) / 99);
    expect(value).toBeCloseTo(0.2, 12);
    expect(chance).toBeCloseTo(Math.sqrt(2 / Math.PI) * error, 12);
    expect(interval.high).toBeCloseTo(0.2 + studentQuantile(0.975, 99) * error, 12);
    expect(interval).toMatchObject({ level: 0.95, method: "least favourable signs of bins by row" });
    // |X| stays below 2.24 standard deviations in 97.5 %; the chi-square of its mean and variance is up to 5 % above.
    const reach = (0.2 - interval.low) / error / (studentQuantile(0.975, 99) / normalQuantile(0.975));
    expect(reach).toBeGreaterThan(2.241);
    expect(reach).toBeLessThan(2.241 * 1.06);
  });

  it("adds gaps of either sign, and rows alone scatter as E[r²] - (Σ gap)²", () => {
    const probabilities = [...many(50, 0.6), ...many(50, 0.9)];
    const events = probabilities.map((_, row) => Number(row % 5 !== 0));
    const { value, interval } = errorOverBins(probabilities, events, { cuts: [0.7], ...alone(100) });
    // Four in five are right in both bins: 0.2 too few said, 0.1 too many.
    expect(value).toBeCloseTo(0.15, 12);
    const square = probabilities.reduce((sum, one, row) => sum + (one - events[row]) ** 2, 0) / 100;
    const error = Math.sqrt((square - 0.15 ** 2) / 99);
    expect(interval.high).toBeCloseTo(0.15 + studentQuantile(0.975, 99) * error, 12);
  });

  it("is as wide for batches of copies as for one row of each", () => {
    const random = seededRandom(1);
    const one = Array.from({ length: 40 }, () => 0.5 + 0.5 * random());
    const right = one.map((probability) => Number(random() < probability));
    const copied = <T>(values: readonly T[]): T[] => values.flatMap((value) => new Array<T>(25).fill(value));
    const options = { cuts: [0.7, 0.9], groups: 40, level: 0.95, unit: "batch" };
    const rows = errorOverBins(one, right, { ...options, codes: one.map((_, row) => row) });
    const copies = errorOverBins(copied(one), copied(right), { ...options, codes: copied(one.map((_, row) => row)) });
    expect(copies.value).toBeCloseTo(rows.value, 12);
    expect(copies.interval.high).toBeCloseTo(rows.interval.high, 12);
    expect(copies.interval.low).toBeCloseTo(rows.interval.low, 12);
  });

  it("says nothing where one group holds nearly all rows", () => {
    const codes = [...many(99, 0), 1];
    const { interval } = errorOverBins(many(100, 0.9), many(100, 1), {
      cuts: [],
      codes,
      groups: 2,
      level: 0.95,
      unit: "batch",
    });
    expect([interval.low, interval.high]).toEqual([0, 1]);
  });

  it("takes off, for the lower end, what sums of folded normals reach in one of 40 (by 20,000 draws)", () => {
    // Fifteen bins that scatter alike and alone: the quantile of the mean of fifteen |normal| numbers.
    const random = seededRandom(2);
    const draws = 20_000;
    const sums = Float64Array.from({ length: draws }, () => {
      let sum = 0;
      for (let bin = 0; bin < 15; bin++) sum += Math.abs(boxMuller(random(), random())[0]);
      return sum / 15;
    }).sort();
    const bins = Array.from({ length: 1500 }, (_, row) => (row % 15) / 15 + 1 / 30);
    // One half in each bin is right, whatever the probability says: gaps are clear, and their scatter is known.
    const events = bins.map((_, row) => Math.floor(row / 15) % 2);
    const cuts = Array.from({ length: 14 }, (_, bin) => (bin + 1) / 15);
    const { value, chance, interval } = errorOverBins(bins, events, { cuts, ...alone(1500) });
    const quantile = (value - interval.low) / (chance / Math.sqrt(2 / Math.PI));
    expect(quantile / sums[Math.floor(0.975 * draws)]).toBeGreaterThan(0.99);
    expect(quantile / sums[Math.floor(0.975 * draws)]).toBeLessThan(1.03);
  });
});
