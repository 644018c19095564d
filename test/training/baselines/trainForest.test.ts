import { describe, expect, it } from "vitest";
import { accuracy } from "../../../src/core/metrics/accuracy.js";
import { argmax } from "../../../src/core/metrics/argmax.js";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { trainForest } from "../../../src/training/baselines/trainForest.js";
import { forestPredictor } from "../../../src/training/baselines/forestPredictor.js";
import { drawGaussianClasses, exactPosterior } from "../../support/gaussianClasses.js";

const classes = ["a", "b", "c"];
const shares = [0.5, 0.3, 0.2];

/** The informative column, and one of noise. */
function drawn(
  rows: number,
  seed: number,
): { readonly features: Matrix; readonly labels: Uint8Array; readonly points: Float64Array } {
  const random = seededRandom(seed);
  const { points, labels } = drawGaussianClasses(rows, shares, random);
  return {
    points,
    labels,
    features: makeMatrix(
      ["x", "noise"],
      Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? points[i / 2] : random())),
    ),
  };
}
const train = drawn(2000, 1);
const test = drawn(2000, 2);
const forest = trainForest(train.features, train.labels, classes, seededRandom(4), { trees: 50, leastLeaf: 10 });

describe("trainForest", () => {
  it("comes near the best that anyone can do, and far from the class shares", () => {
    const probabilities = forest.predict(test.features);
    const best = exactPosterior(test.points, shares);
    expect(logLoss(test.labels, probabilities)).toBeLessThan(logLoss(test.labels, best) + 0.06);
    expect(accuracy(test.labels, argmax(probabilities, 3))).toBeGreaterThan(
      accuracy(test.labels, argmax(best, 3)) - 0.03,
    );
  });

  it("gives probabilities above 0 that sum to 1, even of trees whose leaves hold one class", () => {
    const probabilities = trainForest(train.features, train.labels, classes, seededRandom(4), { trees: 3 }).predict(
      test.features,
    );
    expect(Math.min(...probabilities)).toBeGreaterThan(0);
    for (let row = 0; row < 2000; row++)
      expect(probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2]).toBeCloseTo(1, 12);
  });

  it("gives equal bytes for a seed, and a tree does not depend on how many there are", () => {
    const again = trainForest(train.features, train.labels, classes, seededRandom(4), { trees: 50, leastLeaf: 10 });
    expect(again.predict(test.features)).toEqual(forest.predict(test.features));
    expect(
      trainForest(train.features, train.labels, classes, seededRandom(5), { trees: 50, leastLeaf: 10 }).predict(
        test.features,
      ),
    ).not.toEqual(forest.predict(test.features));
    const fewer = trainForest(train.features, train.labels, classes, seededRandom(4), { trees: 20, leastLeaf: 10 });
    expect(forest.threshold.subarray(0, fewer.threshold.length)).toEqual(fewer.threshold);
  });

  it("does not care for the scale of a feature", () => {
    const stretched = ({ features }: { readonly features: Matrix }): Matrix => ({
      ...features,
      values: features.values.map((value) => Math.fround(16 * value)),
    });
    const other = trainForest(stretched(train), train.labels, classes, seededRandom(4), { trees: 50, leastLeaf: 10 });
    expect(other.predict(stretched(test))).toEqual(forest.predict(test.features));
  });

  it("follows the weights of rows: one of 0 is not there, a heavy class is foretold more often", () => {
    const weights = train.features.values
      .filter((_, i) => i % 2 === 0)
      .map((_, row) => (train.labels[row] === 2 ? 0 : 1));
    const without = trainForest(train.features, train.labels, classes, seededRandom(4), { trees: 10, weights });
    expect(Math.max(...without.predict(test.features).filter((_, i) => i % 3 === 2))).toBe(0);
    const mean = (weight: number): number =>
      trainForest(train.features, train.labels, classes, seededRandom(4), {
        trees: 10,
        leastLeaf: 10,
        weights: Array.from(train.labels, (label) => (label === 2 ? weight : 1)),
      })
        .predict(test.features)
        .filter((_, i) => i % 3 === 2)
        .reduce((a, b) => a + b) / 2000;
    expect(mean(5)).toBeGreaterThan(1.3 * mean(1));
  });

  it("is plain numbers that predict again", () => {
    const {
      classes: named,
      names,
      roots,
      column,
      threshold,
      next,
      leafShares,
      shares: priors,
    } = structuredClone({ ...forest, predict: undefined });
    expect(
      forestPredictor({ classes: named, names, roots, column, threshold, next, leafShares, shares: priors }).predict(
        test.features,
      ),
    ).toEqual(forest.predict(test.features));
  });

  it.each([
    [
      "no trees",
      () => trainForest(train.features, train.labels, classes, seededRandom(1), { trees: 0 }),
      "trees must be a whole number from 1; got 0",
    ],
    [
      "half a row in a leaf",
      () => trainForest(train.features, train.labels, classes, seededRandom(1), { leastLeaf: 0.5 }),
      "leastLeaf must be a whole number from 1; got 0.5",
    ],
    [
      "more columns per node than there are",
      () => trainForest(train.features, train.labels, classes, seededRandom(1), { columnsPerNode: 3 }),
      "columnsPerNode must be at most the 2 columns; got 3",
    ],
    [
      "one class",
      () => trainForest(train.features, train.labels, ["a"], seededRandom(1)),
      "at least two classes are needed; got 1",
    ],
    [
      "a wrong number of labels",
      () => trainForest(train.features, [0], classes, seededRandom(1)),
      "one label per row is needed; got 1 labels for 2000 rows",
    ],
    [
      "a label that is no code",
      () =>
        trainForest(
          train.features,
          train.labels.map((label) => label + 1),
          classes,
          seededRandom(1),
        ),
      "3",
    ],
    [
      "a feature that is not finite",
      () =>
        trainForest(
          { ...train.features, values: train.features.values.map((value, i) => (i === 3 ? NaN : value)) },
          train.labels,
          classes,
          seededRandom(1),
        ),
      "row 1, column noise must be finite; got NaN",
    ],
    [
      "weights that are all 0",
      () => trainForest(train.features, train.labels, classes, seededRandom(1), { weights: new Float64Array(2000) }),
      "at least one row must have a weight above 0",
    ],
    [
      "other features when it predicts",
      () => forest.predict(makeMatrix(["noise", "x"], new Float32Array(2))),
      "column 0 is noise, not x",
    ],
    [
      "a feature that is not finite when it predicts",
      () => forest.predict({ ...test.features, values: new Float32Array(4000).fill(Infinity) }),
      "row 0, column x must be finite",
    ],
  ])("refuses %s", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
});
