import { describe, expect, it } from "vitest";
import { expectedCalibrationError } from "../../src/calibration/expectedCalibrationError.js";
import { binnedCalibrationError } from "../../src/core/metrics/binnedCalibrationError.js";
import { equalMassCuts } from "../../src/core/metrics/equalMassCuts.js";
import { seededRandom, type Random } from "../../src/core/random/Random.js";
import { topLabel } from "../../src/core/metrics/topLabel.js";

/**
 * Two classes; the likelier one, of probability 0.65 to 0.9, comes true by `error` too seldom where the model is
 * surer than 0.775 and, if it is so `onBothSides`, as much too often where it is less sure.
 */
function forecast(
  rows: number,
  error: number,
  random: Random,
  { onBothSides = false }: { readonly onBothSides?: boolean } = {},
): { readonly labels: Uint8Array; readonly probabilities: Float64Array } {
  const labels = new Uint8Array(rows);
  const probabilities = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const top = 0.65 + 0.25 * random();
    probabilities.set([top, 1 - top], 2 * row);
    labels[row] = Number(random() >= top + (onBothSides && top < 0.775 ? error : -error));
  }
  return { labels, probabilities };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

describe("expectedCalibrationError", () => {
  it("shows chance for a calibrated model, and its interval reaches down to 0", () => {
    const all = Array.from({ length: 100 }, (_, trial) => {
      const { labels, probabilities } = forecast(500, 0, seededRandom(trial));
      return expectedCalibrationError(labels, probabilities);
    });
    expect(mean(all.map(({ value, chance }) => value - chance))).toBeCloseTo(0, 2);
    expect(mean(all.map(({ chance }) => chance))).toBeGreaterThan(0.03);
    expect(all.filter(({ interval }) => interval.low === 0).length).toBeGreaterThanOrEqual(95);
  });

  it("passes no model over the bound: a true 0.06 at n = 2,000 cleared 0.05 in 84 % while chance was off", () => {
    for (const [rows, error, options] of [
      [2000, 0.06, { onBothSides: true }],
      [10_000, 0.055, { onBothSides: true }],
      [2000, 0.05, {}],
    ] as const) {
      const passes = Array.from({ length: 40 }, (_, trial) => {
        const { labels, probabilities } = forecast(rows, error, seededRandom(trial), options);
        return expectedCalibrationError(labels, probabilities).interval.high <= 0.05;
      });
      expect(passes.filter(Boolean).length).toBeLessThanOrEqual(2);
    }
  });

  it("passes a true error of 0.02 at n = 10,000, and finds one of 0.1 in 2,000 rows", () => {
    for (let trial = 0; trial < 10; trial++) {
      const small = forecast(10_000, 0.02, seededRandom(trial), { onBothSides: true });
      expect(expectedCalibrationError(small.labels, small.probabilities).interval.high).toBeLessThanOrEqual(0.05);
      const large = forecast(2000, 0.1, seededRandom(trial));
      expect(expectedCalibrationError(large.labels, large.probabilities).interval.low).toBeGreaterThan(0.03);
    }
  });

  it("is the plug-in error in 15 bins of equal mass, and says where rows are too few", () => {
    const { labels, probabilities } = forecast(1999, 0.05, seededRandom(1));
    const { value, n, underpowered, interval } = expectedCalibrationError(labels, probabilities);
    const top = topLabel(labels, probabilities);
    expect(value).toBeCloseTo(binnedCalibrationError(top.probabilities, top.correct).error, 12);
    expect([n, underpowered]).toEqual([1999, true]);
    expect(interval.method).toBe("least favourable signs of bins by row");
    const more = forecast(2000, 0.05, seededRandom(1));
    expect(expectedCalibrationError(more.labels, more.probabilities).underpowered).toBe(false);
  });

  it("can take bins from elsewhere: of equal width, or cut on other rows", () => {
    const { labels, probabilities } = forecast(500, 0.05, seededRandom(1));
    const top = topLabel(labels, probabilities);
    const cuts = Array.from({ length: 14 }, (_, bin) => (bin + 1) / 15);
    expect(expectedCalibrationError(labels, probabilities, { cuts }).value).toBeCloseTo(
      binnedCalibrationError(top.probabilities, top.correct, { binning: "equalWidth" }).error,
      12,
    );
    const other = equalMassCuts(forecast(300, 0, seededRandom(2)).probabilities.filter((_, at) => at % 2 === 0));
    const own = expectedCalibrationError(labels, probabilities);
    expect(expectedCalibrationError(labels, probabilities, { cuts: other }).value).not.toBe(own.value);
  });

  it("does not hang on the order of rows or on the names of groups", () => {
    const { labels, probabilities } = forecast(200, 0, seededRandom(1));
    const groups = Array.from(labels, (_, row) => row % 20);
    const { value, interval } = expectedCalibrationError(labels, probabilities, { groups });
    // Reversed pairs of two classes are other classes: labels turn with them.
    const swapped = expectedCalibrationError(
      labels.map((label) => 1 - label).reverse(),
      probabilities.slice().reverse(),
      { groups: groups.map((group) => `b${group}`).reverse() },
    );
    expect(swapped.value).toBeCloseTo(value, 12);
    expect(swapped.interval.high).toBeCloseTo(interval.high, 12);
  });

  it("has a wider interval where rows of a group are copies of each other", () => {
    const { labels, probabilities } = forecast(100, 0.1, seededRandom(3));
    const [copiedLabels, copied] = [
      Uint8Array.from({ length: 1000 }, (_, row) => labels[row % 100]),
      Float64Array.from({ length: 2000 }, (_, at) => probabilities[at % 200]),
    ];
    const groups = Array.from(copiedLabels, (_, row) => row % 100);
    const above = (options: object): number => {
      const { value, interval } = expectedCalibrationError(copiedLabels, copied, { bins: 3, ...options });
      return interval.high - value;
    };
    expect(above({ groups, unit: "batch" })).toBeGreaterThan(2 * above({}));
  });

  it("refuses rows that are no probabilities, one group, and groups, levels, bins and cuts that do not fit", () => {
    const call = (probabilities: readonly number[], options: object) => () =>
      expectedCalibrationError([0, 1], probabilities, options);
    expect(call([1, 0, 0.5, 0.6], {})).toThrow("row 1 sums to 1.1");
    expect(call([1, 0, 0.5, 0.5], { groups: ["a"] })).toThrow("got 1 for 2 rows");
    expect(call([1, 0, 0.5, 0.5], { groups: ["a", "a"] })).toThrow(/at least 2 groups are needed; got 1/);
    expect(call([1, 0, 0.5, 0.5], { bins: 0 })).toThrow("bins must be an integer of at least 1; got 0");
    expect(call([1, 0, 0.5, 0.5], { bins: 21 })).toThrow("from 1 to 20 bins; got 21");
    expect(call([1, 0, 0.5, 0.5], { level: 95 })).toThrow("the level must lie in (0, 1); got 95");
    expect(call([1, 0, 0.5, 0.5], { cuts: [0.7, 0.6] })).toThrow("ascending order; got 0.6 at 1");
    expect(call([1, 0, 0.5, 0.5], { cuts: [NaN] })).toThrow("got NaN at 0");
  });
});
