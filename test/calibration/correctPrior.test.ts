import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctPrior } from "../../src/calibration/correctPrior.js";
import { argmax } from "../../src/core/metrics/argmax.js";
import { logLoss } from "../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { drawGaussianClasses, exactPosterior } from "../support/gaussianClasses.js";

const toShares = (counts: readonly number[]): number[] => counts.map((count) => count / counts.reduce((a, b) => a + b));
const simplex = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 3 }).map(toShares);
const rows = fc.array(simplex, { minLength: 1, maxLength: 10 }).map((all) => all.flat());
const expectNear = (ours: ArrayLike<number>, theirs: ArrayLike<number>): void => {
  expect(ours.length).toBe(theirs.length);
  for (let at = 0; at < ours.length; at++) expect(Math.abs(ours[at] - theirs[at])).toBeLessThan(1e-12);
};
const balanced = [1 / 3, 1 / 3, 1 / 3];
const review = toShares([590, 334, 71]);

describe("correctPrior", () => {
  it("changes nothing where shares are equal, is undone by the way back, and keeps sums of 1", () => {
    fc.assert(
      fc.property(rows, simplex, simplex, simplex, (probabilities, trained, between, deployed) => {
        expectNear(correctPrior(probabilities, trained, trained), probabilities);
        const corrected = correctPrior(probabilities, trained, deployed);
        expectNear(correctPrior(corrected, deployed, trained), probabilities);
        expectNear(correctPrior(correctPrior(probabilities, trained, between), between, deployed), corrected);
        for (let at = 0; at < corrected.length; at += 3)
          expect(corrected[at] + corrected[at + 1] + corrected[at + 2]).toBeCloseTo(1, 12);
      }),
    );
  });

  it("turns Bayes' posterior under balanced classes into Bayes' posterior under the deployed shares", () => {
    const points = Float64Array.from({ length: 101 }, (_, i) => -5 + i / 10);
    expectNear(correctPrior(exactPosterior(points, balanced), balanced, review), exactPosterior(points, review));
  });

  it("lowers the log loss on rows drawn under the deployed shares, and moves answers towards the common class", () => {
    const { points, labels } = drawGaussianClasses(5000, review, seededRandom(3));
    const trained = exactPosterior(points, balanced);
    const corrected = correctPrior(trained, balanced, review);
    expect(logLoss(labels, corrected)).toBeLessThan(logLoss(labels, trained) - 0.05);
    const answers = (probabilities: Float64Array): number =>
      argmax(probabilities, 3).filter((code) => code === 0).length;
    expect(answers(corrected)).toBeGreaterThan(answers(trained));
  });

  it("raises the log loss when shares are given the wrong way round (planted)", () => {
    const { points, labels } = drawGaussianClasses(5000, review, seededRandom(3));
    const trained = exactPosterior(points, balanced);
    expect(logLoss(labels, correctPrior(trained, review, balanced))).toBeGreaterThan(logLoss(labels, trained) + 0.05);
  });

  it("gives a class that is not deployed probability 0, and no rows for no rows", () => {
    expectNear(correctPrior([0.5, 0.25, 0.25], balanced, [0.5, 0.5, 0]), [2 / 3, 1 / 3, 0]);
    expect(correctPrior([], balanced, review)).toHaveLength(0);
  });

  it("refuses a class deployed but not trained, what does not sum to 1, and a row that keeps nothing", () => {
    expect(() => correctPrior([0.5, 0.5, 0], [0.5, 0.5, 0], balanced)).toThrow(
      /class 2 has a share of 0.333\d* there and of 0 in training; train with it/,
    );
    expect(() => correctPrior([1, 0], [0.5, 0.6], [0.5, 0.5])).toThrow(
      "correctPrior: trained shares must be at least 0 and sum to 1",
    );
    expect(() => correctPrior([1, 0], [0.5, 0.5], [1.5, -0.5])).toThrow("correctPrior: deployed shares");
    expect(() => correctPrior([1, 0], [0.5, 0.5], balanced)).toThrow("same classes; got 2 and 3");
    expect(() => correctPrior([1, 0, 0.5, 0.4], [0.5, 0.5], [0.5, 0.5])).toThrow("row 1 sums to 0.9");
    expect(() => correctPrior([1, 0, 0.5], [0.5, 0.5], [0.5, 0.5])).toThrow("multiple of the 2 classes; got 3");
    expect(() => correctPrior([0.5, 0.5, 0, 1], [0.5, 0.5], [1, 0])).toThrow(
      "row 1 gives all its probability to classes whose deployed share is 0",
    );
  });
});
