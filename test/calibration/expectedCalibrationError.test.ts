import { describe, expect, it } from "vitest";
import { expectedCalibrationError } from "../../src/calibration/expectedCalibrationError.js";
import { binnedCalibrationError } from "../../src/core/metrics/binnedCalibrationError.js";
import { seededRandom, type Random } from "../../src/core/random/Random.js";
import { topLabel } from "../../src/core/metrics/topLabel.js";

/** Two classes; the likelier one, of probability 0.5 to 1, comes true `overconfidence` less often than it says. */
function forecast(
  rows: number,
  overconfidence: number,
  random: Random,
): { readonly labels: Uint8Array; readonly probabilities: Float64Array } {
  const labels = new Uint8Array(rows);
  const probabilities = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const top = 0.5 + 0.5 * random();
    probabilities.set([top, 1 - top], 2 * row);
    labels[row] = Number(random() >= top - overconfidence);
  }
  return { labels, probabilities };
}

const quick = { labelSets: 100, draws: 100 };
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

describe("expectedCalibrationError", () => {
  it("is 0 on average for a calibrated model, whose plug-in error is chance, and its interval holds 0", () => {
    const all = Array.from({ length: 40 }, (_, trial) => {
      const random = seededRandom(trial);
      const { labels, probabilities } = forecast(500, 0, random);
      return expectedCalibrationError(labels, probabilities, random.fork("ece"), quick);
    });
    expect(Math.abs(mean(all.map(({ value }) => value)))).toBeLessThan(0.006);
    expect(mean(all.map(({ chance }) => chance))).toBeGreaterThan(0.03);
    expect(all.filter(({ interval }) => interval.low <= 0 && 0 <= interval.high).length).toBeGreaterThanOrEqual(38);
  });

  it("finds an overconfidence of 0.1 in 2,000 rows; the true error lies between value and plug-in on average", () => {
    const all = Array.from({ length: 10 }, (_, trial) => {
      const random = seededRandom(trial);
      const { labels, probabilities } = forecast(2000, 0.1, random);
      return expectedCalibrationError(labels, probabilities, random.fork("ece"), quick);
    });
    for (const { interval } of all) expect(interval.low).toBeGreaterThan(0.03);
    expect(mean(all.map(({ value }) => value))).toBeLessThan(0.1);
    expect(mean(all.map(({ plugIn }) => plugIn))).toBeGreaterThan(0.1);
  });

  it("is the plug-in error in 15 bins of equal mass minus chance, and says where rows are too few", () => {
    const { labels, probabilities } = forecast(1999, 0.05, seededRandom(1));
    const { value, plugIn, chance, n, underpowered, interval } = expectedCalibrationError(
      labels,
      probabilities,
      seededRandom(2),
      quick,
    );
    const top = topLabel(labels, probabilities);
    expect(plugIn).toBeCloseTo(binnedCalibrationError(top.probabilities, top.correct).error, 12);
    expect(value).toBe(plugIn - chance);
    expect([n, underpowered]).toEqual([1999, true]);
    expect(interval.method).toBe("percentile bootstrap by row, 100 draws");
    const more = forecast(2000, 0.05, seededRandom(1));
    expect(expectedCalibrationError(more.labels, more.probabilities, seededRandom(2), quick).underpowered).toBe(false);
  });

  it("can bin by equal width", () => {
    const { labels, probabilities } = forecast(500, 0.05, seededRandom(1));
    const top = topLabel(labels, probabilities);
    const result = expectedCalibrationError(labels, probabilities, seededRandom(2), {
      ...quick,
      binning: "equalWidth",
    });
    expect(result.plugIn).toBeCloseTo(
      binnedCalibrationError(top.probabilities, top.correct, { binning: "equalWidth" }).error,
      12,
    );
    expect(result.chance).toBeGreaterThan(0.01);
  });

  it("pins its numbers for one seed, so that no release changes saved results", () => {
    const { labels, probabilities } = forecast(300, 0.05, seededRandom(1));
    const { value, chance, interval } = expectedCalibrationError(labels, probabilities, seededRandom(2), quick);
    expect([value, chance, interval.low, interval.high]).toEqual([
      0.006527266478888641, 0.06938889830880252, -0.02027095987452016, 0.048831000243488014,
    ]);
  });

  it("gives equal results for equal streams", () => {
    const { labels, probabilities } = forecast(200, 0, seededRandom(1));
    const result = () => expectedCalibrationError(labels, probabilities, seededRandom(7), quick);
    expect(result()).toEqual(result());
  });

  it("has a wider interval where rows of a group are copies of each other", () => {
    const { labels, probabilities } = forecast(100, 0.1, seededRandom(3));
    const [copiedLabels, copied] = [
      Uint8Array.from({ length: 1000 }, (_, row) => labels[row % 100]),
      Float64Array.from({ length: 2000 }, (_, at) => probabilities[at % 200]),
    ];
    const groups = Array.from(copiedLabels, (_, row) => row % 100);
    const width = (options: object): number => {
      const { low, high } = expectedCalibrationError(copiedLabels, copied, seededRandom(4), {
        ...quick,
        bins: 3,
        ...options,
      }).interval;
      return high - low;
    };
    expect(width({ groups, unit: "batch" })).toBeGreaterThan(2 * width({}));
  });

  it("refuses rows that are no probabilities, groups of another number, one group, and counts below 1", () => {
    const call = (probabilities: readonly number[], options: object) => () =>
      expectedCalibrationError([0, 1], probabilities, seededRandom(1), { ...quick, ...options });
    expect(call([1, 0, 0.5, 0.6], {})).toThrow("row 1 sums to 1.1");
    expect(call([1, 0, 0.5, 0.5], { groups: ["a"] })).toThrow("got 1 for 2 rows");
    expect(call([1, 0, 0.5, 0.5], { groups: ["a", "a"] })).toThrow(/at least 2 groups/);
    expect(call([1, 0, 0.5, 0.5], { bins: 0 })).toThrow("bins must be an integer of at least 1; got 0");
    expect(call([1, 0, 0.5, 0.5], { draws: 1.5 })).toThrow("draws must be a whole number of at least 2; got 1.5");
  });
});
