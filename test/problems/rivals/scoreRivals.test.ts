import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { classForest, constantShares, logistic } from "../../../src/problems/fewRows/classCandidates.js";
import { constantAnswer, constantNumber, ridge } from "../../../src/problems/fewRows/targetCandidates.js";
import { judgeRivals, type RivalAnswers } from "../../../src/problems/rivals/judgeRivals.js";
import type { RealProblem } from "../../../src/problems/rivals/RealProblem.js";
import { realSplit } from "../../../src/problems/rivals/realSplit.js";
import { scoreRivals, statisticOf } from "../../../src/problems/rivals/scoreRivals.js";
import { groupedKFold } from "../../../src/splitting/groupedKFold.js";

const rows = 200;
const random = seededRandom(12);
const draw = random.fork("draws");
const x = Float32Array.from({ length: rows }, () => 4 * draw() - 2);
const noise = Float64Array.from({ length: rows }, () => boxMuller(draw(), draw())[0]);
const recipes = Array.from({ length: rows }, (_, row) => `recipe ${Math.floor(row / 2)}`);
const split = realSplit({
  name: "by recipe",
  folds: groupedKFold(recipes, random.fork("folds")),
  groups: recipes,
  unit: "recipe",
});
const line: RealProblem = {
  id: "line",
  what: "a line",
  classes: null,
  unit: "nm",
  features: makeMatrix(["x"], x),
  truth: Float64Array.from(x, (one, row) => 3 * one + noise[row]),
  candidates: [constantNumber, ridge("ridge", [0])],
  incumbent: constantAnswer,
};
const classes = ["low", "high"];

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
    const steps: RealProblem = {
      ...line,
      classes,
      unit: "",
      truth: Float64Array.from(x, (one) => Number(one > 0)),
      candidates: [constantShares(classes), logistic("logistic", [0], classes), classForest(classes, { trees: 20 })],
    };
    const answers = await judgeRivals(steps, split, random);
    const scores = scoreRivals(steps, split, answers, random);
    expect(scores.measure).toBe("accuracy");
    const named = Array.from({ length: rows }, (_, at) => Number(answers.chosen[2 * at + 1] > answers.chosen[2 * at]));
    expect(scores.chosen.score.value).toBeCloseTo(
      named.filter((code, at) => code === steps.truth[answers.places[at]]).length / rows,
      12,
    );
    expect(scores.limits.width).toBeGreaterThanOrEqual(1);
    expect(scores.limits.width).toBeLessThan(1.2);
  });

  it("sees failing limits coming where rows that failed are strange, and not where strangeness is chance", () => {
    const places = Uint32Array.from({ length: rows }, (_, row) => row);
    const answers = (likeTraining: Float64Array): RivalAnswers => ({
      places,
      foldOf: new Uint32Array(rows),
      byRival: {},
      chosen: Float64Array.from(line.truth),
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
