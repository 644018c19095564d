import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { forestTargetPredictor } from "../../../src/training/baselines/forestTargetPredictor.js";
import { trainForestRegressor } from "../../../src/training/baselines/trainForestRegressor.js";
import type { ForestRegressorOptions } from "../../../src/training/baselines/trainForestRegressor.js";

const extra: ForestRegressorOptions = { thresholds: "drawn" };

/** y = 10 sin(π a b) + 20 (c - 0.5)² + 10 d + 5 e (Friedman 1991), with a column of noise. */
function friedman(rows: number, seed: number): { readonly features: Matrix; readonly target: Float64Array } {
  const random = seededRandom(seed);
  const features = makeMatrix(
    ["a", "b", "c", "d", "e", "noise"],
    Float32Array.from({ length: 6 * rows }, () => random()),
  );
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const [a, b, c, d, e] = features.values.subarray(6 * row, 6 * row + 5);
    return 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
  });
  return { features, target };
}

function explained(target: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const own = Array.from(target);
  const mean = own.reduce((a, b) => a + b) / own.length;
  const left = own.reduce((sum, value, row) => sum + (value - predicted[row]) ** 2, 0);
  return 1 - left / own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

const train = friedman(300, 1);
const test = friedman(500, 2);
const oneTree = (
  x: readonly number[],
  y: readonly number[],
  options: ForestRegressorOptions = {},
): ReturnType<typeof trainForestRegressor> =>
  trainForestRegressor(makeMatrix(["x"], Float32Array.from(x)), y, ["y"], seededRandom(1), {
    ...extra,
    trees: 1,
    ...options,
  });

describe("trainForestRegressor", () => {
  it("finds a planted function on rows it has not seen, drawn thresholds the better of the two", () => {
    const [best, drawn] = [{}, extra].map((options) =>
      explained(
        test.target,
        trainForestRegressor(train.features, train.target, ["y"], seededRandom(3), options).predictTargets(
          test.features,
        ),
      ),
    );
    expect(best).toBeGreaterThan(0.75);
    expect(drawn).toBeGreaterThan(0.8);
    expect(drawn).toBeGreaterThan(best);
  });

  it("gives training rows back where each leaf holds one of them, and never leaves their range", () => {
    const value = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(
        fc.uniqueArray(value, { minLength: 2, maxLength: 20 }),
        fc.array(value, { minLength: 20, maxLength: 20 }),
        fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (x, all, asked) => {
          const y = all.slice(0, x.length);
          const forest = oneTree(x, y, { trees: 5 });
          const own = forest.predictTargets(makeMatrix(["x"], Float32Array.from(x)));
          own.forEach((told, row) => expect(told).toBeCloseTo(y[row], 9));
          for (const told of forest.predictTargets(makeMatrix(["x"], Float32Array.from(asked)))) {
            expect(told).toBeGreaterThanOrEqual(Math.min(...y) - 1e-9);
            expect(told).toBeLessThanOrEqual(Math.max(...y) + 1e-9);
          }
        },
      ),
    );
  });

  it("answers equal rows with their weighted mean", () => {
    const forest = oneTree([4, 4, 4], [1, 2, 6], { weights: [2, 1, 1] });
    expect(forest.predictTargets(makeMatrix(["x"], Float32Array.of(9)))[0]).toBeCloseTo(2.5, 12);
    expect(forest.forests[0].column).toEqual(Int32Array.of(-1));
  });

  it("draws a threshold evenly between two values: the mean over trees rises linearly from one to the other", () => {
    const forest = oneTree([0, 1], [0, 1], { trees: 4000 });
    const asked = [0.1, 0.25, 0.5, 0.75, 0.9];
    const told = forest.predictTargets(makeMatrix(["x"], Float32Array.from(asked)));
    asked.forEach((x, i) => expect(Math.abs(told[i] - x)).toBeLessThan(0.03));
  });

  it("cuts at the best border half way between two values, where the variance on both sides is least", () => {
    const forest = oneTree([0, 1, 2, 10, 11], [5, 5, 5.1, 9, 9], { thresholds: "best", trees: 60 });
    const roots = forest.forests[0].roots.filter((root) => forest.forests[0].column[root] >= 0);
    const cuts = Array.from(roots, (root) => forest.forests[0].threshold[root]);
    expect(cuts.filter((cut) => cut === 6).length).toBeGreaterThan(cuts.length / 2);
  });

  it("leaves at least leastLeaf rows in a leaf", () => {
    const { forests } = trainForestRegressor(train.features, train.target, ["y"], seededRandom(1), {
      ...extra,
      trees: 20,
      leastLeaf: 150,
    });
    // Of 300 rows two leaves of 150 each, or one of all.
    forests[0].roots.forEach((root, t, roots) =>
      expect([1, 3]).toContain((roots[t + 1] ?? forests[0].column.length) - root),
    );
  });

  it("learns each target from the rows where it is known, far from 0 as near it", () => {
    const targets = Array.from(train.target).flatMap((value, row) => [row < 10 ? NaN : value, 1e9 + value]);
    const forest = trainForestRegressor(train.features, targets, ["y", "far"], seededRandom(3), extra);
    const told = forest.predictTargets(test.features);
    const own = (t: number): Float64Array => told.filter((_, i) => i % 2 === t);
    expect(explained(test.target, own(0))).toBeGreaterThan(0.8);
    expect(
      explained(
        test.target,
        own(1).map((value) => value - 1e9),
      ),
    ).toBeGreaterThan(0.8);
  });

  it("gives equal bytes for a seed, and other trees for another", () => {
    const told = (seed: number): Float64Array =>
      trainForestRegressor(train.features, train.target, ["y"], seededRandom(seed), {
        ...extra,
        trees: 10,
      }).predictTargets(test.features);
    expect(told(3)).toEqual(told(3));
    expect(told(3)).not.toEqual(told(4));
  });

  it("draws among many values too, more than a feature has bins", () => {
    const random = seededRandom(5);
    const x = Array.from({ length: 3000 }, () => random());
    const forest = oneTree(x, x, { trees: 20 });
    const asked = [0.05, 0.4, 0.93];
    forest
      .predictTargets(makeMatrix(["x"], Float32Array.from(asked)))
      .forEach((told, i) => expect(Math.abs(told - asked[i])).toBeLessThan(0.01));
  });

  it("is plain numbers that predict again", () => {
    const forest = trainForestRegressor(train.features, train.target, ["y"], seededRandom(3), { ...extra, trees: 5 });
    const { names, targets, forests } = structuredClone({ ...forest, predictTargets: undefined });
    expect(forestTargetPredictor({ names, targets, forests }).predictTargets(test.features)).toEqual(
      forest.predictTargets(test.features),
    );
  });

  it.each([
    ["no targets", () => trainForestRegressor(train.features, [], [], seededRandom(1)), "got no names"],
    [
      "a wrong number of targets",
      () => trainForestRegressor(train.features, [1], ["y"], seededRandom(1)),
      "got 1 numbers for 300 rows",
    ],
    ["a target that is known nowhere", () => oneTree([1, 2], [NaN, NaN]), "y has none"],
    ["an infinite target", () => oneTree([1, 2], [1, Infinity]), "row 1, target y has Infinity"],
    [
      "a feature that is not finite",
      () =>
        trainForestRegressor(
          { ...train.features, values: train.features.values.slice().fill(NaN, 6, 7) },
          train.target,
          ["y"],
          seededRandom(1),
        ),
      "trainForestRegressor: row 1, column a must be finite",
    ],
    ["no trees", () => oneTree([1, 2], [1, 2], { trees: 0 }), "trees must be a whole number from 1; got 0"],
    [
      "another kind of threshold",
      () => oneTree([1, 2], [1, 2], { thresholds: "random" as never }),
      'thresholds must be one of best, drawn; got "random"',
    ],
    [
      "other features when it predicts",
      () => oneTree([1, 2], [1, 2]).predictTargets(makeMatrix(["z"], Float32Array.of(1))),
      "column 0 is z, not x",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
