import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { repeatedStratifiedKFold } from "../../src/splitting/repeatedStratifiedKFold.js";
import { stratifiedKFold } from "../../src/splitting/stratifiedKFold.js";
import { anyLabels, expectFolds } from "./anySplit.js";
import { classCounts, golden, testFolds } from "./golden.js";

const { input, expected } = golden.stratified_kfold;
const { y } = input;

describe("stratifiedKFold", () => {
  it.each([5, 10] as const)(
    "deals the rows of each class to %i folds as scikit-learn does, shuffled or not",
    (folds) => {
      for (const shuffle of [true, false]) {
        const counts = stratifiedKFold(y, seededRandom(1), { folds, shuffle }).map(({ test }) => classCounts(y, test));
        expect(counts).toEqual(expected[`k${folds}`]["test_class_counts_per_fold (no shuffle)"]);
      }
    },
  );

  it("without shuffling tests every row in scikit-learn's fold", () => {
    expect(testFolds(stratifiedKFold(y, seededRandom(1), { shuffle: false }), y.length)).toEqual(
      expected.k5["test_fold_of_each_row (no shuffle)"],
    );
  });

  it("tests every row once; class counts and sizes of folds differ by one row at most", () => {
    fc.assert(
      fc.property(anyLabels, fc.integer({ min: 2, max: 6 }), (labels, folds) => {
        const enough = labels.filter((one) => labels.filter((other) => other === one).length >= folds);
        fc.pre(enough.length > 0);
        const all = stratifiedKFold(enough, seededRandom(8), { folds });
        expectFolds(all, enough.length);
        const counts = all.map(({ test }) => classCounts(enough, test));
        counts[0].forEach((_, one) => {
          const ofClass = counts.map((ofFold) => ofFold[one] ?? 0);
          expect(Math.max(...ofClass) - Math.min(...ofClass)).toBeLessThanOrEqual(1);
        });
        const sizes = all.map(({ test }) => test.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("depends on the seed alone", () => {
    const of = (seed: number): number[] => testFolds(stratifiedKFold(y, seededRandom(seed)), y.length);
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
  });

  it("refuses more folds than a class has rows, naming it, and folds that are none", () => {
    expect(() => stratifiedKFold(["a", "a", "a", "b", "b"], seededRandom(1), { folds: 3 })).toThrow(
      'every class must have a row for each of 3 folds; class "b" has 2; ' +
        "take 2 folds or fewer, more rows, merge classes, or allow it with onSmallClass",
    );
    expect(() => stratifiedKFold(["a", "a", "b"], seededRandom(1), { folds: 2 })).toThrow(
      'class "b" has 1; take more rows, merge classes, or allow it with onSmallClass',
    );
    expect(() => stratifiedKFold(y, seededRandom(1), { folds: 1 })).toThrow(
      "folds must be a whole number of at least 2; got 1",
    );
    expect(() => stratifiedKFold([], seededRandom(1))).toThrow("at least one row is needed");
  });

  it("deals out a class that is smaller than the folds where it is asked to, and notes it", () => {
    const labels = ["a", "a", "a", "a", "a", "b", "b"];
    const notes: string[] = [];
    const folds = stratifiedKFold(labels, seededRandom(1), { folds: 4, onSmallClass: (note) => notes.push(note) });
    expectFolds(folds, labels.length);
    expect(notes).toEqual(['class "b" is tested in 2 of 4 folds: it has no more rows']);
    expect(folds.map(({ test }) => test.length)).toEqual([2, 2, 2, 1]);
    expect(Math.max(...folds.map(({ test }) => test.filter((row) => labels[row] === "b").length))).toBe(1);
    expect(() =>
      stratifiedKFold(["a", "b", "c"], seededRandom(1), { folds: 4, onSmallClass: (note) => notes.push(note) }),
    ).toThrow("stratifiedKFold: every one of 4 folds must test a row; got 3 rows");
  });
});

describe("repeatedStratifiedKFold", () => {
  it("repeats with other folds each time, every one of them complete", () => {
    const repeats = repeatedStratifiedKFold(y, seededRandom(1), { folds: 5, repeats: 3 });
    expect(repeats.map((folds) => folds[4].name)).toEqual(["5 of 5, repeat 1", "5 of 5, repeat 2", "5 of 5, repeat 3"]);
    for (const folds of repeats) expectFolds(folds, y.length);
    expect(new Set(repeats.map((folds) => testFolds(folds, y.length).join())).size).toBe(3);
    expect(() => repeatedStratifiedKFold(y, seededRandom(1), { repeats: 0 })).toThrow(
      "repeats must be a whole number of at least 1; got 0",
    );
  });
});
