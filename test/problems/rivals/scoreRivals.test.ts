import { describe, expect, it } from "vitest";
import { argmax } from "../../../src/core/metrics/argmax.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { judgeRivals, type RivalAnswers } from "../../../src/problems/rivals/judgeRivals.js";
import { scoreRivals, statisticOf } from "../../../src/problems/rivals/scoreRivals.js";
import { plantedForecaster } from "./plantedForecaster.js";
import { plantedRivals } from "./plantedRivals.js";

const rows = 200;
const random = seededRandom(12);
const { byRecipe: split, line, steps } = plantedRivals(rows, random, { noise: 1 });

describe("scoreRivals", () => {
  it("scores a line at the share of variance that is not noise, and a constant at 0 or less", async () => {
    const scores = scoreRivals(line, split, await judgeRivals(line, split, random), random);
    expect(scores).toMatchObject({ measure: "R²", rows, groups: 100, choices: { ridge: 5 } });
    const [constant, ridged] = scores.rivals;
    expect(constant.score.value).toBeLessThanOrEqual(0);
    // Variance 9 · 16/12 = 12 of the line, 1 of the noise.
    expect(ridged.score.interval!.low).toBeLessThan(12 / 13);
    expect(ridged.score.interval!.high).toBeGreaterThan(12 / 13);
    expect(scores.chosen.score).toEqual({ ...ridged.score, interval: scores.chosen.score.interval });
    // Mean absolute deviation of a standard normal.
    expect(ridged.loss.value).toBeCloseTo(Math.sqrt(2 / Math.PI), 1);
    expect(scores.limits.promised).toBe(0.9);
    expect(scores.limits.coverage.value).toBeGreaterThan(0.84);
    expect(scores.limits.width).toBeLessThan(0.5);
    expect(scores.limits.byGroup.reduce((sum, { covered }) => sum + covered, 0) / rows).toBeCloseTo(
      scores.limits.coverage.value!,
      12,
    );
  });

  it("counts right classes, and sets by how many they hold", async () => {
    const answers = await judgeRivals(steps, split, random);
    const scores = scoreRivals(steps, split, answers, random);
    expect(scores.measure).toBe("accuracy");
    const right = argmax(answers.chosen, 3).filter((code, at) => code === steps.truth[answers.places[at]]);
    expect(scores.chosen.score.value).toBeCloseTo(right.length / rows, 12);
    expect(scores.limits.width).toBeGreaterThanOrEqual(1);
    expect(scores.limits.width).toBeLessThan(1.2);
  });

  it("says how far probabilities are from shares, where training rows were divided, and of no quantity", async () => {
    const { problem, split: own } = plantedForecaster(400, 0.5, random.fork("forecaster"));
    const answers = await judgeRivals(problem, own, random);
    const { calibration, chosen } = scoreRivals(problem, own, answers, random);
    expect(calibration!.raw.loss).toEqual(chosen.loss);
    expect(calibration!.calibrated.loss.value).toBeLessThan(chosen.loss.value!);
    expect(calibration!.temperatures).toEqual(answers.choices.map(({ temperature }) => temperature));
    const undivided = await judgeRivals(problem, own, random, { innerFolds: 0 });
    expect(scoreRivals(problem, own, undivided, random).calibration).toBeNull();
    expect(scoreRivals(line, split, await judgeRivals(line, split, random), random).calibration).toBeNull();
  });

  it("sees failing limits coming where rows that failed are strange, and not where strangeness is chance", () => {
    const places = Uint32Array.from({ length: rows }, (_, row) => row);
    const answers = (likeTraining: Float64Array): RivalAnswers => ({
      places,
      foldOf: new Uint32Array(rows),
      byRival: {},
      chosen: Float64Array.from(line.truth),
      calibrated: null,
      choices: [],
      // Rows from 150 on lie outside of their limits.
      limits: {
        alpha: 0.1,
        areTold: true,
        low: line.truth.map((value, row) => (row < 150 ? value - 1 : value + 1)),
        high: line.truth.map((value) => value + 2),
        sets: new Uint32Array(0),
      },
      likeTraining,
    });
    const seen = scoreRivals(line, split, answers(everyRow((row) => (row < 150 ? 0.5 : 0.01))), random);
    expect(seen.domain).toMatchObject({ outside: 0.25, area: { value: 1 } });
    expect(seen.limits.coverage.value).toBe(0.75);
    const chance = scoreRivals(line, split, answers(everyRow((row) => ((row * 37) % 100) / 100)), random);
    expect(chance.domain.area.interval!.low).toBeLessThan(0.5);
    expect(chance.domain.area.interval!.high).toBeGreaterThan(0.5);
    const held = answers(everyRow(() => 0.5));
    const all = { ...held, limits: { ...held.limits, low: line.truth.map((value) => value - 1) } };
    expect(scoreRivals(line, split, all, random).domain.area).toMatchObject({
      value: null,
      reason: expect.stringContaining("at least 10 rows") as string,
    });
  });
});

function everyRow(of: (row: number) => number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => of(row));
}

describe("statisticOf", () => {
  it("is R² by its definition on any multiset of rows", () => {
    const truth = [1, 2, 3, 5];
    const { statistic, losses } = statisticOf({ classes: null }, truth, Float64Array.of(1, 2.5, 3, 4));
    expect(statistic(Uint32Array.of(0, 1, 2, 3))).toBeCloseTo(1 - 1.25 / 8.75, 12);
    expect(statistic(Uint32Array.of(1, 1, 3))).toBeCloseTo(1 - 1.5 / 6, 12);
    expect(Array.from(losses)).toEqual([0, 0.5, 0, 1]);
  });
});
