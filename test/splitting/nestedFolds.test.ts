import { expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { nestedFolds } from "../../src/splitting/nestedFolds.js";
import { stratifiedKFold } from "../../src/splitting/stratifiedKFold.js";

const labels = Array.from({ length: 60 }, (_, row) => row % 3);
const random = seededRandom(1);

it("nestedFolds splits the training rows of each fold, and never meets the outer test", () => {
  const nested = nestedFolds(stratifiedKFold(labels, random), (rows, i) =>
    stratifiedKFold(
      Array.from(rows, (row) => labels[row]),
      random.fork(i),
      { folds: 4 },
    ),
  );
  expect(nested).toHaveLength(5);
  for (const { name, train, test, inner } of nested) {
    expect(inner.map((fold) => fold.name)).toEqual([1, 2, 3, 4].map((i) => `${name} / ${i} of 4`));
    expect(inner.flatMap((fold) => [...fold.test]).sort((a, b) => a - b)).toEqual([...train]);
    for (const fold of inner) {
      expect([...fold.train, ...fold.test].sort((a, b) => a - b)).toEqual([...train]);
      expect([...fold.train, ...fold.test].some((row) => test.includes(row))).toBe(false);
      expect([0, 1, 2].map((one) => fold.test.filter((row) => labels[row] === one).length)).toEqual([4, 4, 4]);
    }
  }
});

it("nestedFolds refuses rows of the table where places are asked for", () => {
  const outer = [{ name: "late", train: Uint32Array.of(10, 11), test: Uint32Array.of(0) }];
  expect(() => nestedFolds(outer, (rows) => [{ name: "x", train: rows, test: rows }])).toThrow(
    "inner folds must name places below 2, the rows that fold late trains on; fold x names 10; " +
      "return places, not rows of the table",
  );
});
