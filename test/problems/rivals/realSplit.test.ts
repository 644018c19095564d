import { describe, expect, it } from "vitest";
import { noSplit, realSplit } from "../../../src/problems/rivals/realSplit.js";

const groups = ["a", "a", "b", "b"];
const fold = (train: readonly number[], test: readonly number[]) => ({
  name: "fold",
  train: Uint32Array.from(train),
  test: Uint32Array.from(test),
});

describe("realSplit", () => {
  it("has the same hash for the same rows, and another where one row moves", () => {
    const split = realSplit({ name: "by letter", folds: [fold([0, 1], [2, 3])], groups, unit: "letter" });
    const same = realSplit({ name: "renamed", folds: [fold([0, 1], [2, 3])], groups, unit: "letter" });
    const other = realSplit({ name: "by letter", folds: [fold([0], [2, 3])], groups, unit: "letter" });
    expect(split.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(same.sha256).toBe(split.sha256);
    expect(other.sha256).not.toBe(split.sha256);
    expect(split.chosenBy).toBe(groups);
  });

  it("refuses a row that is trained on and tested, tested twice, or not in the table", () => {
    const make = (folds: ReturnType<typeof fold>[]) => () => realSplit({ name: "bad", folds, groups, unit: "letter" });
    expect(make([fold([0, 2], [2, 3])])).toThrow('realSplit: fold of "bad" trains on row 2 that it tests');
    expect(make([fold([0, 1], [2]), fold([0, 1], [2])])).toThrow('"bad" must test a row once; it tests 2 again');
    expect(make([fold([0, 1], [4])])).toThrow('rows must be below 4; fold of "bad" has 4');
  });

  it("tells the reason where there is none to be made", () => {
    expect(noSplit("by date", "the table has no dates")).toMatchObject({ folds: [], reason: "the table has no dates" });
  });
});
