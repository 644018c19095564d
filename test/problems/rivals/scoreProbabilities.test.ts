import { describe, expect, it } from "vitest";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { judgeRivals } from "../../../src/problems/rivals/judgeRivals.js";
import { type ProbabilityScores, scoreProbabilities } from "../../../src/problems/rivals/scoreProbabilities.js";
import { scoreRivals } from "../../../src/problems/rivals/scoreRivals.js";
import { sharpenedForecast } from "../../calibration/sharpenedForecast.js";
import { forecasterOf, plantedForecaster } from "./plantedForecaster.js";

const random = seededRandom(13);

describe("scoreProbabilities", () => {
  it("shows a planted over-confidence, and that the training rows' temperature mends it", async () => {
    const rows = 2400;
    const { problem, split } = plantedForecaster(rows, 0.5, random);
    const { raw, calibrated, gain } = await calibrationOf(problem, split);
    // The very probabilities from which the classes were drawn.
    const { labels, probabilities } = sharpenedForecast(rows, 1, random.fork("forecast"));
    expect(calibrated.loss.value! - logLoss(labels, probabilities)).toBeLessThan(0.005);
    expect(gain.interval!.low).toBeGreaterThan(0.05);
    expect(gain.value).toBeCloseTo(raw.loss.value! - calibrated.loss.value!, 12);
    expect(raw.error.interval!.low).toBeGreaterThan(0.05);
    expect(calibrated.error.value).toBeLessThan(2 * calibrated.chance!);
    expect(calibrated.error.interval!.low).toBe(0);
    expect([raw.underpowered, calibrated.underpowered]).toEqual([false, false]);
  });

  it("has finite losses where a rival is certain and wrong, and mends most of what that costs", async () => {
    const truth = Float64Array.from({ length: 200 }, (_, row) => row % 2);
    const certain = Float64Array.from({ length: 400 }, (_, i) => {
      const row = Math.floor(i / 2);
      // One row in ten is told wrongly.
      return Number((truth[row] === i % 2) !== row % 10 < 1);
    });
    const { split } = plantedForecaster(200, 1, random);
    const { raw, calibrated, temperatures } = await calibrationOf(forecasterOf(truth, certain), split);
    expect(raw.loss.value).toBeCloseTo(0.1 * 15 * Math.LN10, 10);
    // Entropy of 0.1 is 0.325; odds of 9 are 1e15 at a temperature of 15.7.
    expect(calibrated.loss.value).toBeLessThan(0.34);
    for (const temperature of temperatures) expect(Math.abs(temperature! - 15.7)).toBeLessThan(2);
    expect(calibrated.underpowered).toBe(true);
  });

  it("says what is raw twice where nothing was mended", () => {
    const told = sharpenedForecast(100, 1, random).probabilities;
    const groups = Array.from({ length: 100 }, (_, row) => `paper ${row % 20}`);
    const { raw, calibrated, gain } = scored(100, told, groups);
    expect(calibrated).toEqual(raw);
    expect(gain.value).toBeCloseTo(0, 15);
  });

  it("has no error of one group, nor of fewer rows than bins, with the reason", () => {
    const told = sharpenedForecast(100, 1, random).probabilities;
    expect(scored(100, told, Array<string>(100).fill("paper")).raw).toMatchObject({
      error: { value: null, interval: null, reason: "at least 2 of each paper are needed; got 1" },
      chance: null,
      underpowered: true,
    });
    const few = Array.from({ length: 14 }, (_, row) => `paper ${row}`);
    expect(scored(14, told.subarray(0, 42), few).calibrated.error).toEqual({
      value: null,
      interval: null,
      reason: "at least 15 rows are needed, one to a bin; got 14",
    });
  });
});

async function calibrationOf(
  problem: Parameters<typeof judgeRivals>[0],
  split: Parameters<typeof judgeRivals>[1],
): Promise<ProbabilityScores> {
  return scoreRivals(problem, split, await judgeRivals(problem, split, random), random).calibration!;
}

function scored(rows: number, told: Float64Array, groups: readonly string[]): ProbabilityScores {
  const truth = Array.from({ length: rows }, (_, row) => row % 3);
  return scoreProbabilities(
    truth,
    { raw: told, calibrated: told, temperatures: [null] },
    { groups, unit: "paper" },
    random,
  );
}
