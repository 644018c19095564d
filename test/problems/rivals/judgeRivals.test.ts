import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Candidate } from "../../../src/problems/fewRows/Candidate.js";
import { classForest, constantShares, logistic, withRoom } from "../../../src/problems/fewRows/classCandidates.js";
import {
  constantAnswer,
  constantNumber,
  ridge,
  type TargetRows,
} from "../../../src/problems/fewRows/targetCandidates.js";
import { judgeRivals } from "../../../src/problems/rivals/judgeRivals.js";
import type { RealProblem } from "../../../src/problems/rivals/RealProblem.js";
import { noSplit, realSplit } from "../../../src/problems/rivals/realSplit.js";
import { groupedKFold } from "../../../src/splitting/groupedKFold.js";

const rows = 240;
const random = seededRandom(11);
const draw = random.fork("draws");
const x = Float32Array.from({ length: rows }, () => 4 * draw() - 2);
const noise = Float64Array.from({ length: rows }, () => boxMuller(draw(), draw())[0]);
const features = makeMatrix(["x"], x);
/** Two rows make a recipe. */
const recipes = Array.from({ length: rows }, (_, row) => `recipe ${Math.floor(row / 2)}`);
const byRecipe = realSplit({
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
  features,
  truth: Float64Array.from(x, (one, row) => 3 * one + 0.5 * noise[row]),
  candidates: [constantNumber, ridge("ridge", [0])],
  incumbent: constantAnswer,
};
const classes = ["low", "high", "rare"];
const steps: RealProblem = {
  ...line,
  id: "steps",
  classes,
  unit: "",
  truth: Float64Array.from(x, (one, row) => Number(one + 0.3 * noise[row] > 0)),
  candidates: [constantShares(classes), logistic("logistic", [0], classes), classForest(classes, { trees: 20 })].map(
    (candidate) => withRoom(candidate, classes),
  ),
};

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
