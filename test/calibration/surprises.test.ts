import { describe, expect, it } from "vitest";
import { calibrationTest } from "../../src/calibration/calibrationTest.js";
import { surprises } from "../../src/calibration/surprises.js";
import { meanWithInterval } from "../../src/core/statistics/meanWithInterval.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { sharpenedForecast } from "./sharpenedForecast.js";

/** Rows in groups of 10 that share one draw: alike within a group, calibrated overall. */
function grouped(
  temperature: number,
  seed: number,
): { readonly labels: number[]; readonly probabilities: number[]; readonly groups: number[] } {
  const { labels, probabilities } = sharpenedForecast(80, temperature, seededRandom(seed));
  const rows = Array.from({ length: 800 }, (_, row) => row % 80);
  return {
    labels: rows.map((row) => labels[row]),
    probabilities: rows.flatMap((row) => Array.from(probabilities.subarray(3 * row, 3 * row + 3))),
    groups: rows,
  };
}

describe("surprises", () => {
  it("have the mean that calibrationTest reports", () => {
    const { labels, probabilities } = sharpenedForecast(200, 0.8, seededRandom(1));
    const mean = surprises(labels, probabilities).reduce((a, b) => a + b) / 200;
    expect(mean).toBeCloseTo(
      calibrationTest(labels, probabilities, seededRandom(2), { labelSets: 59 }).surprise.value,
      12,
    );
  });

  it("are -log p less the entropy of the row", () => {
    expect(surprises([1], [0.25, 0.75])[0]).toBeCloseTo(
      -Math.log(0.75) + 0.25 * Math.log(0.25) + 0.75 * Math.log(0.75),
      14,
    );
    expect(surprises([0], [1, 0])[0]).toBe(0);
  });

  it("with groups raise few false alarms where rows of a group are alike; taking rows as independent, many", () => {
    const trials = 60;
    let [byGroup, byRow] = [0, 0];
    for (let seed = 0; seed < trials; seed++) {
      const { labels, probabilities, groups } = grouped(1, seed);
      const { low, high } = meanWithInterval(surprises(labels, probabilities), seededRandom(seed), {
        groups,
        draws: 200,
      }).interval;
      if (low > 0 || high < 0) byGroup++;
      if (calibrationTest(labels, probabilities, seededRandom(seed), { labelSets: 59 }).rejected) byRow++;
    }
    expect(byGroup).toBeLessThanOrEqual(9);
    expect(byRow).toBeGreaterThan(40);
  });

  it("refuse labels that are no codes and NaN", () => {
    expect(() => surprises([2], [0.5, 0.5])).toThrow("row 0 has 2");
    expect(() => surprises([0], [NaN, 0.5])).toThrow("row 0, class 0 has NaN");
  });
});
