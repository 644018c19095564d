import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { splitParts } from "../../src/core/Split.js";
import { groupedSplit } from "../../src/splitting/groupedSplit.js";
import { expectSplit } from "./anySplit.js";
import { classCounts, golden } from "./golden.js";

const { y } = golden.stratified_kfold.input;
const { groups } = golden.group_kfold.input;

describe("groupedSplit", () => {
  it("finds a split of few groups wherever there is one: the greedy way missed 4 in 400 that trying all found", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 5, maxLength: 6 });
    const shares = [0.6, 0.1, 0.1, 0.2];
    fc.assert(
      fc.property(sizes, (all) => {
        const rows = all.reduce((a, b) => a + b);
        const groups = all.flatMap((size, group) => Array.from({ length: size }, () => `g${group}`));
        const isFeasible = Array.from({ length: 4 ** all.length }, (_, way) => {
          const [got, held] = [shares.map(() => 0), shares.map(() => 0)];
          all.forEach((size, group) => {
            const part = Math.floor(way / 4 ** group) % 4;
            got[part] += size;
            held[part]++;
          });
          return got.every((size, part) => held[part] > 0 && Math.abs(size / rows - shares[part]) <= 0.1 + 1e-9);
        }).some(Boolean);
        const labels = groups.map((_, row) => row % 2);
        if (!isFeasible) expect(() => groupedSplit(labels, groups, seededRandom(1))).toThrow(/^groupedSplit: /);
        else expectSplit(groupedSplit(labels, groups, seededRandom(1)), rows);
      }),
      { numRuns: 150 },
    );
  });

  it("names the row that has no label, or no group", () => {
    const labels = ["a", undefined, "a"] as unknown as string[];
    expect(() => groupedSplit(labels, ["x", "y", "z"], seededRandom(1))).toThrow(
      "groupedSplit: every row must have a label; row 1 has undefined; leave such rows out",
    );
    expect(() => groupedSplit([0, 1, 0], ["x", "y", null as unknown as string], seededRandom(1))).toThrow(
      "groupedSplit: every row must have a group; row 2 has null; leave such rows out",
    );
  });

  it("never parts a group, and holds every row once", () => {
    const rows = fc.array(
      fc.record({ label: fc.integer({ min: 0, max: 3 }), group: fc.integer({ min: 0, max: 60 }) }),
      { minLength: 200, maxLength: 400 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const split = groupedSplit(
          all.map(({ label }) => label),
          all.map(({ group }) => group),
          seededRandom(2),
        );
        expectSplit(split, all.length);
        const partOf = new Map<number, string>();
        for (const part of splitParts)
          for (const row of split[part]) expect(firstPart(partOf, all[row].group, part)).toBe(part);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps classes within two groups of their shares where groups are small, whatever the seed", () => {
    const all = classCounts(
      y,
      Uint32Array.from(y, (_, row) => row),
    );
    const twoGroups = 2 / new Set(groups).size;
    for (let seed = 0; seed < 20; seed++) {
      const split = groupedSplit(y, groups, seededRandom(seed));
      for (const [part, share] of [
        ["train", 0.6],
        ["tune", 0.1],
        ["calibrate", 0.1],
        ["test", 0.2],
      ] as const) {
        expect(Math.abs(split[part].length / y.length - share)).toBeLessThan(0.03);
        // The rarest class has 15 rows: one of them is as much as two groups of the others.
        classCounts(y, split[part]).forEach((count, one) =>
          expect(Math.abs(count / all[one] - share)).toBeLessThan(all[one] < 30 ? 2 * twoGroups : twoGroups),
        );
      }
    }
  });

  it("balances classes that come in groups of their own", () => {
    // Twenty groups of ten rows, half of one class, half of the other: blind to classes a part could get one alone.
    const labels = Array.from({ length: 200 }, (_, row) => Math.floor(row / 100));
    const split = groupedSplit(
      labels,
      labels.map((_, row) => Math.floor(row / 10)),
      seededRandom(4),
      { shares: { train: 0.6, tune: 0.2, test: 0.2 } },
    );
    expect([split.train, split.tune, split.test].map((rows) => classCounts(labels, rows))).toEqual([
      [60, 60],
      [20, 20],
      [20, 20],
    ]);
  });

  it("gives the same rows for the same seed, and others for another", () => {
    expect(groupedSplit(y, groups, seededRandom(1))).toEqual(groupedSplit(y, groups, seededRandom(1)));
    // Groups of equal size are taken in random order.
    const [labels, ofTen] = [new Array<number>(100).fill(0), Array.from({ length: 100 }, (_, row) => row % 10)];
    expect(groupedSplit(labels, ofTen, seededRandom(1)).test).not.toEqual(
      groupedSplit(labels, ofTen, seededRandom(2)).test,
    );
  });

  it("refuses one group, fewer groups than parts, and groups too large for their shares", () => {
    const random = seededRandom(1);
    const labels = new Array<number>(100).fill(0);
    expect(() => groupedSplit(labels, labels, random)).toThrow(
      "at least as many groups as parts with a share are needed; got 1 group for 4 parts",
    );
    expect(() =>
      groupedSplit(
        labels,
        labels.map((_, row) => row % 3),
        random,
      ),
    ).toThrow("got 3 groups for 4 parts; give parts share 0, or split by rows");
    expect(() =>
      groupedSplit(
        labels,
        labels.map((_, row) => (row < 80 ? "big" : `small ${row}`)),
        random,
      ),
    ).toThrow('no group may be larger than the largest part, 60 % of 100 rows; group "big" has 80; split it');
    expect(() =>
      groupedSplit(
        labels,
        labels.map((_, row) => row % 4),
        random,
      ),
    ).toThrow(
      new RegExp(
        /every part must get its share of rows within 10 %; /.source +
          /train gets 25 % in place of 60 %, since groups are large \(4 groups, the largest of 25 rows\)/.source,
      ),
    );
    expect(
      groupedSplit(
        labels,
        labels.map((_, row) => row % 4),
        random,
        { tolerance: 0.5 },
      ).test.length,
    ).toBe(25);
    expect(() => groupedSplit(labels, [0, 1], random)).toThrow(
      "labels and groups must have the same length; got 100 and 2",
    );
    expect(() => groupedSplit([], [], random)).toThrow("at least one row is needed");
    expect(() => groupedSplit(["a", "a"], ["lab 1", ""], random)).toThrow(
      "every row must have a group; row 1 has none",
    );
  });
});

function firstPart(map: Map<number, string>, key: number, value: string): string {
  if (!map.has(key)) map.set(key, value);
  return map.get(key)!;
}
