import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fold } from "../../src/core/Fold.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { groupedKFold } from "../../src/splitting/groupedKFold.js";
import { stratifiedGroupKFold } from "../../src/splitting/stratifiedGroupKFold.js";
import { expectFolds } from "./anySplit.js";
import { golden, testFolds } from "./golden.js";

const { y } = golden.stratified_kfold.input;
const { input, expected } = golden.group_kfold;
const { groups } = input;
const random = seededRandom(1);

/** Scatter of class shares between test folds, averaged over classes. */
function shareScatter(folds: readonly Fold[], labels: readonly number[]): number {
  const classes = [...new Set(labels)];
  const scatter = classes.map((one) => {
    const shares = folds.map(({ test }) => test.filter((row) => labels[row] === one).length / test.length);
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
  });
  return scatter.reduce((a, b) => a + b, 0) / classes.length;
}

function foldOfGroup(folds: readonly Fold[]): Record<string, number> {
  return Object.fromEntries(testFolds(folds, groups.length).map((fold, row) => [groups[row], fold]));
}

describe("groupedKFold", () => {
  it("keeps together groups that differ in what is not seen alone, which were four", () => {
    const folds = groupedKFold(["B1", "B1 ", "é", "e\u0301"], random, { folds: 2, shuffle: false });
    expect(folds.map(({ test }) => [...test])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it.each([true, false])(
    "makes folds of the sizes of scikit-learn's GroupKFold (shuffle %s); " +
      "which of equal groups comes first is a matter of its sort",
    (shuffle) => {
      const sizes = (folds: readonly number[]): number[] =>
        [0, 1, 2, 3, 4].map((fold) => folds.filter((other) => other === fold).length).sort();
      const theirs = groups.map((group) => expected.group_kfold_test_fold_of_group[group]);
      expect(sizes(testFolds(groupedKFold(groups, random, { shuffle }), groups.length))).toEqual(sizes(theirs));
    },
  );

  it("refuses one group, and more folds than groups", () => {
    expect(() => groupedKFold(["a", "a"], random, { folds: 2 })).toThrow(
      "at least as many groups as folds are needed; got 1 group for 2 folds; split by rows",
    );
    expect(() => groupedKFold(["a", "b", "c"], random)).toThrow("got 3 groups for 5 folds; take 3 folds or fewer");
  });
});

describe("stratifiedGroupKFold", () => {
  it("deals whole groups to folds as scikit-learn does, and steadier shares with classes", () => {
    const folds = stratifiedGroupKFold(y, groups, random, { shuffle: false });
    expect(foldOfGroup(folds)).toEqual(expected.stratified_group_kfold_test_fold_of_group);
    expect(shareScatter(folds, y)).toBeCloseTo(expected.mean_class_share_sd.stratified_group, 10);
    expect(shareScatter(folds, y)).toBeLessThan(shareScatter(groupedKFold(groups, random, { shuffle: false }), y));
  });

  it("refuses other lengths, more folds than groups, and an empty table", () => {
    expect(() => stratifiedGroupKFold([0, 1], [0], random)).toThrow(
      "labels and groups must have the same length; got 2 and 1",
    );
    expect(() => stratifiedGroupKFold([0, 1], ["a", "a"], random, { folds: 2 })).toThrow("got 1 group for 2 folds");
    expect(() => stratifiedGroupKFold([], [], random)).toThrow("at least one row is needed");
  });
});

it.each([
  [
    "groupedKFold",
    (_: readonly number[], of: readonly number[], seed: number) => groupedKFold(of, seededRandom(seed), { folds: 3 }),
  ],
  [
    "stratifiedGroupKFold",
    (labels: readonly number[], of: readonly number[], seed: number) =>
      stratifiedGroupKFold(labels, of, seededRandom(seed), { folds: 3 }),
  ],
] as const)("%s never splits a group and tests every row once, for any seed", (_, foldsOf) => {
  const rows = fc.array(fc.record({ label: fc.integer({ min: 0, max: 2 }), group: fc.integer({ min: 0, max: 30 }) }), {
    minLength: 100,
    maxLength: 200,
  });
  fc.assert(
    fc.property(rows, fc.nat(1000), (all, seed) => {
      const folds = foldsOf(
        all.map(({ label }) => label),
        all.map(({ group }) => group),
        seed,
      );
      expectFolds(folds, all.length);
      for (const { train, test } of folds) {
        const tested = new Set(Array.from(test, (row) => all[row].group));
        expect(train.some((row) => tested.has(all[row].group))).toBe(false);
      }
    }),
    { numRuns: 30 },
  );
});
