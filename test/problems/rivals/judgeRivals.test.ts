import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argmax } from "../../../src/core/metrics/argmax.js";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Candidate } from "../../../src/problems/fewRows/Candidate.js";
import { constantAnswer, constantNumber, type TargetRows } from "../../../src/problems/fewRows/targetCandidates.js";
import { gatherFolds, type JudgedFold, judgeRivals } from "../../../src/problems/rivals/judgeRivals.js";
import { noSplit, realSplit } from "../../../src/problems/rivals/realSplit.js";
import { forecasterOf, plantedForecaster } from "./plantedForecaster.js";
import { plantedRivals } from "./plantedRivals.js";

const rows = 240;
const random = seededRandom(11);
const { x, byRecipe, line, steps } = plantedRivals(rows, random);
const recipes = byRecipe.groups;

describe("judgeRivals", () => {
  it("chooses the rival that the training rows speak for, and limits that hold what they promise", async () => {
    const told = await judgeRivals(line, byRecipe, random);
    expect(told.choices.map(({ kept }) => kept)).toEqual(Array(5).fill("ridge"));
    expect(told.chosen).toEqual(told.byRival.ridge);
    const { low, high } = told.limits;
    const covered = told.places.filter((row, at) => line.truth[row] >= low[at] && line.truth[row] <= high[at]).length;
    // 0.9 of 240 rows, give or take three standard deviations.
    expect(covered / rows).toBeGreaterThan(0.84);
    expect(covered / rows).toBeLessThan(0.96);
    expect(told.places).toEqual(Uint32Array.from({ length: rows }, (_, row) => row));
  });

  it("lets no fit see a row of the test's group, nor a test row's truth", async () => {
    const fits: TargetRows[] = [];
    const spy: Candidate<TargetRows> = {
      ...constantNumber,
      fit: (own, stream) => {
        fits.push(own);
        return constantNumber.fit(own, stream);
      },
    };
    const { folds } = byRecipe;
    await judgeRivals({ ...line, candidates: [spy] }, { ...byRecipe, folds: folds.slice(0, 1) }, random);
    const tested = new Set(Array.from(folds[0].test, (row) => recipes[row]));
    expect(fits).toHaveLength(6);
    for (const { places } of fits) for (const row of places) expect(tested.has(recipes[row])).toBe(false);
  });

  it("tells classes by probabilities that sum to 1, with sets that hold the class as promised", async () => {
    const told = await judgeRivals(steps, byRecipe, random);
    expect(told.choices.every(({ kept }) => kept !== constantAnswer)).toBe(true);
    for (let at = 0; at < rows; at++) {
      const sum = told.chosen[3 * at] + told.chosen[3 * at + 1] + told.chosen[3 * at + 2];
      expect(sum).toBeCloseTo(1, 6);
      // No class is held impossible, not even one of which there was no row.
      expect(told.chosen[3 * at + 2]).toBeGreaterThan(0);
    }
    const covered = told.places.filter((row, at) => (told.limits.sets[at] >> steps.truth[row]) & 1).length;
    expect(covered / rows).toBeGreaterThan(0.84);
  });

  it("finds a row strange that lies far from all training rows, and none strange where all are alike", async () => {
    const far = Float32Array.from(x, (one, row) => (row < 20 ? 9 + one : one));
    const isFar = Array.from({ length: rows }, (_, row) => (row < 20 ? "far" : "near"));
    const test = Uint32Array.from({ length: 40 }, (_, row) => row);
    const train = Uint32Array.from({ length: rows - 40 }, (_, row) => row + 40);
    const split = realSplit({
      name: "shift",
      folds: [{ name: "shift", train, test }],
      groups: recipes,
      unit: isFar[0],
    });
    const told = await judgeRivals({ ...line, features: makeMatrix(["x"], far) }, split, random);
    expect(Math.max(...told.likeTraining.subarray(0, 20))).toBeLessThan(0.02);
    expect(Math.max(...told.likeTraining.subarray(20))).toBeGreaterThan(0.5);
  });

  it("keeps the one that stands, with limits that hold everything, where training rows are of one group", async () => {
    const one = realSplit({ ...byRecipe, chosenBy: recipes.map(() => "one laboratory") });
    const told = await judgeRivals(line, one, random);
    expect(told.choices.map(({ kept }) => kept)).toEqual(Array(5).fill(constantAnswer));
    expect(told.limits.high.every((end) => end === Infinity)).toBe(true);
  });

  it("gives equal bytes for equal seeds; refuses a split that says nothing, and a name that is no rival", async () => {
    const [first, second] = [await judgeRivals(line, byRecipe, random), await judgeRivals(line, byRecipe, random)];
    expect(second).toEqual(first);
    await expect(judgeRivals(line, noSplit("by date", "no dates"), random)).rejects.toThrow('"by date" says nothing');
    await expect(judgeRivals(line, byRecipe, random, { only: ["oracle"] })).rejects.toThrow(
      '"oracle" must be a rival of line; these are constant, ridge',
    );
  });
});

describe("judgeRivals, of probabilities", () => {
  const { problem, split } = plantedForecaster(600, 0.5, random.fork("forecaster"));

  it("finds in each fold the temperature that mends a rival that is too sure", async () => {
    const { choices, calibrated, chosen, places } = await judgeRivals(problem, split, random);
    // Fitted on 480 rows: its standard deviation is about 0.1.
    for (const { temperature } of choices) expect(Math.abs(temperature! - 2)).toBeLessThan(0.4);
    expect(calibrated).toHaveLength(chosen.length);
    for (const at of places.keys())
      expect(calibrated!.subarray(3 * at, 3 * at + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it("takes nothing from the test rows: of other classes, they leave temperatures and answers alike", async () => {
    const [fold] = split.folds;
    const truth = problem.truth.slice();
    for (const row of fold.test) truth[row] = (truth[row] + 1) % 3;
    const alone = { ...split, folds: [fold] };
    const [before, after] = [
      await judgeRivals(problem, alone, random),
      await judgeRivals({ ...problem, truth }, alone, random),
    ];
    expect(after).toEqual(before);
    expect(before.choices[0].temperature).not.toBeNull();
  });

  it("leaves probabilities as they came where training rows are of one class, told rightly, or undivided", async () => {
    const alike = { ...problem, truth: problem.truth.map(() => 1) };
    const right = forecasterOf(
      problem.truth,
      Float64Array.from({ length: 1800 }, (_, i) => (problem.truth[Math.floor(i / 3)] === i % 3 ? 0.8 : 0.1)),
    );
    for (const told of [
      await judgeRivals(alike, split, random),
      await judgeRivals(right, split, random),
      await judgeRivals(problem, split, random, { innerFolds: 0 }),
      await judgeRivals(problem, realSplit({ ...split, chosenBy: split.groups.map(() => "one laboratory") }), random),
    ]) {
      expect(told.choices.map(({ temperature }) => temperature)).toEqual(Array(5).fill(null));
      expect(told.calibrated).toBeNull();
    }
    const { calibrated, choices } = await judgeRivals(line, byRecipe, random);
    expect([calibrated, choices[0].temperature]).toEqual([null, null]);
  });

  it("keeps the likeliest class at any temperature, and probabilities that are finite where some were 0", () => {
    const told = fc.array(
      fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }).filter((weights) => weights.some((weight) => weight > 0)),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(told, fc.double({ min: 0.01, max: 100, noNaN: true }), (weights, temperature) => {
        const all = weights.flatMap((row) => row.map((weight) => weight / row.reduce((a, b) => a + b)));
        const { chosen, calibrated } = gatherFolds([foldOf(Float64Array.from(all), temperature)]);
        expect(Array.from(chosen)).toEqual(all);
        expect(argmax(calibrated!, 4)).toEqual(argmax(chosen, 4));
        expect(calibrated!.every((p) => p >= 0 && p <= 1)).toBe(true);
      }),
    );
  });

  it("mends folds that have a temperature and leaves the others", () => {
    const told = Float64Array.of(0.9, 0.1, 0, 0);
    const [cold, none] = [foldOf(told, 2), { ...foldOf(told, null), test: Uint32Array.of(1) }];
    const { calibrated } = gatherFolds([cold, none]);
    // Odds of 9 become their root; probabilities of 0 count as 1e-15.
    expect(calibrated![0] / calibrated![1]).toBeCloseTo(3, 12);
    expect(calibrated!.subarray(4)).toEqual(told);
  });
});

function foldOf(told: Float64Array, temperature: number | null): JudgedFold {
  const many = told.length / 4;
  return {
    test: Uint32Array.from({ length: many }, (_, row) => row),
    byRival: new Map([["one", told]]),
    choice: { fold: "fold", kept: "one", steps: [], temperature },
    limits: {
      areTold: true,
      low: new Float64Array(0),
      high: new Float64Array(0),
      sets: new Uint32Array(many).fill(15),
    },
    likeTraining: new Float64Array(many),
    width: 4,
  };
}
