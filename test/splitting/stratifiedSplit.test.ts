import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { splitParts } from "../../src/core/Split.js";
import { categoryColumn } from "../../src/core/Table.js";
import { stratifiedSplit } from "../../src/splitting/stratifiedSplit.js";
import { anyLabels, anyShares, expectSplit } from "./anySplit.js";
import { classCounts, golden } from "./golden.js";

const { y } = golden.stratified_kfold.input;
const fifths = { train: 0.6, tune: 0.2, test: 0.2 };

describe("stratifiedSplit", () => {
  it("gives 60/20/20 the class counts of the largest remainder, exactly", () => {
    const split = stratifiedSplit(y, seededRandom(1), { shares: fifths });
    const { largest_remainder: expected, sklearn_counts: theirs } = golden.split_60_20_20.expected;
    expect([split.train, split.tune, split.test].map((rows) => classCounts(y, rows))).toEqual([
      expected.train,
      expected.val,
      expected.test,
    ]);
    expect(split.calibrate).toHaveLength(0);
    // scikit-learn rounds by chance; one row apart is the most that may come of it.
    expected.train.forEach((count, one) => expect(Math.abs(count - theirs.train[one])).toBeLessThanOrEqual(1));
  });

  it("does so too where a class of three leaves a part without it, if that is allowed", () => {
    const odd = [101, 37, 7, 3].flatMap((count, one) => new Array<number>(count).fill(one));
    const split = stratifiedSplit(odd, seededRandom(1), { shares: fifths, allowAbsent: true });
    const expected = golden.split_60_20_20.expected.largest_remainder_odd;
    expect([split.train, split.tune, split.test].map((rows) => classCounts(odd, rows))).toEqual([
      expected.train,
      expected.val,
      expected.test,
    ]);
  });

  it("keeps every class in every part within one row of its share, in disjoint parts of all rows", () => {
    fc.assert(
      fc.property(anyLabels, anyShares, (labels, shares) => {
        const split = stratifiedSplit(labels, seededRandom(3), { shares, allowAbsent: true });
        expectSplit(split, labels.length);
        const all = classCounts(
          labels,
          Uint32Array.from(labels, (_, row) => row),
        );
        for (const part of splitParts) {
          expect(Math.abs(split[part].length - shares[part] * labels.length)).toBeLessThan(1);
          const counts = classCounts(labels, split[part]);
          all.forEach((count, one) =>
            expect(Math.abs((counts[one] ?? 0) - count * shares[part])).toBeLessThanOrEqual(1 + 1e-6),
          );
          if (shares[part] === 0) expect(split[part]).toHaveLength(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("exchanges rows where roundings of parts would add up: classes of 3, 1, 45, 1 and 40", () => {
    const labels = [3, 1, 45, 1, 40].flatMap((count, one) => new Array<number>(count).fill(one));
    const shares = { train: 0.2436, tune: 0.5682, calibrate: 0.1745, test: 0.0137 };
    const counts = classCounts(labels, stratifiedSplit(labels, seededRandom(1), { shares, allowAbsent: true }).tune);
    expect(counts.map((count, one) => Math.abs(count - [3, 1, 45, 1, 40][one] * shares.tune) <= 1)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it("has the same counts whatever the order of the rows, and the same rows for the same seed", () => {
    const backwards = [...y].reverse();
    const [split, again, other, reversed] = [
      stratifiedSplit(y, seededRandom(5)),
      stratifiedSplit(y, seededRandom(5)),
      stratifiedSplit(y, seededRandom(6)),
      stratifiedSplit(backwards, seededRandom(5)),
    ];
    expect(again).toEqual(split);
    expect(other.test).not.toEqual(split.test);
    for (const part of splitParts) expect(classCounts(backwards, reversed[part])).toEqual(classCounts(y, split[part]));
  });

  it("puts every row of a class into the test part equally often", () => {
    const labels = [...new Array<number>(10).fill(0), ...new Array<number>(20).fill(1)];
    const hits = new Array<number>(30).fill(0);
    for (let seed = 0; seed < 2000; seed++)
      for (const row of stratifiedSplit(labels, seededRandom(seed)).test) hits[row]++;
    // A fifth of 2000 draws each; five standard deviations are 89.
    for (const count of hits) expect(Math.abs(count - 400)).toBeLessThan(89);
  });

  it("takes a category column, of which levels without rows do not count", () => {
    const column = categoryColumn(["b", "a", "b", "a", "b", "a"], ["a", "b", "never"]);
    const split = stratifiedSplit(column, seededRandom(1), { shares: { train: 2 / 3, test: 1 / 3 } });
    expect([split.train.length, split.test.length]).toEqual([4, 2]);
    expect([...split.test].map((row) => column.codes[row]).sort()).toEqual([0, 1]);
  });

  it("names the class that is too small, its rows, the part and the mend", () => {
    const labels = categoryColumn([...new Array<string>(99).fill("CsPbBr3"), "Cs4PbBr6"]);
    expect(() => stratifiedSplit(labels, seededRandom(1))).toThrow(
      "stratifiedSplit: every class must have a row in every part; " +
        'class "Cs4PbBr6" has 1 row and none for tune (share 0.1); ' +
        "add rows, merge classes, give the part share 0, or allow it with allowAbsent",
    );
    expect(stratifiedSplit(labels, seededRandom(1), { allowAbsent: true }).train.length).toBe(60);
  });

  it("refuses an empty table, shares off 1, unknown parts, and rows with a bad label", () => {
    const random = seededRandom(1);
    expect(() => stratifiedSplit([], random)).toThrow(
      "stratifiedSplit: at least one row is needed; got an empty table",
    );
    expect(() => stratifiedSplit(y, random, { shares: { train: 0.6, test: 0.3 } })).toThrow(
      "shares must sum to 1; got 0.6 + 0 + 0 + 0.3 = 0.9",
    );
    expect(() => stratifiedSplit(y, random, { shares: { train: 1.2, test: -0.2 } })).toThrow(
      "the share of train must be in [0, 1]; got 1.2",
    );
    expect(() => stratifiedSplit(y, random, { shares: { train: Number.NaN, test: 1 } })).toThrow(
      "the share of train must be in [0, 1]; got NaN",
    );
    expect(() => stratifiedSplit(y, random, { shares: { train: 0.8, validation: 0.2 } as never })).toThrow(
      'parts are named train, tune, calibrate, test; got a share for "validation"',
    );
    expect(() => stratifiedSplit(["a", "", "a"], random)).toThrow("every row must have a label; row 1 has none");
    expect(() => stratifiedSplit([0, 1.5], random)).toThrow("a label must be a whole number from 0; row 1 has 1.5");
  });
});
