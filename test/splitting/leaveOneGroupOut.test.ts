import fc from "fast-check";
import { expect, it } from "vitest";
import { leaveOneGroupOut } from "../../src/splitting/leaveOneGroupOut.js";

it("leaveOneGroupOut tests every row once, and never beside a row of its own group", () => {
  const groups = fc
    .array(fc.constantFrom("a", "b", "c", "d"), { minLength: 2, maxLength: 40 })
    .filter((all) => new Set(all).size > 1);
  fc.assert(
    fc.property(groups, (all) => {
      const folds = leaveOneGroupOut(all);
      expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(all.map((_, row) => row));
      for (const { name, train, test } of folds) {
        expect([...test].every((row) => all[row] === name) && [...train].every((row) => all[row] !== name)).toBe(true);
        expect(train.length + test.length).toBe(all.length);
      }
    }),
  );
});

it("leaveOneGroupOut refuses a single group", () => {
  expect(() => leaveOneGroupOut(["a", "a"])).toThrow(/at least 2 groups are needed; got 1/);
});

it("leaveOneGroupOut names the only laboratory there is, and what to do", () => {
  expect(() => leaveOneGroupOut(["LBL", "LBL"])).toThrow(
    'leaveOneGroupOut: at least 2 groups are needed; got 1, "LBL"; split by rows instead',
  );
  expect(() => leaveOneGroupOut([])).toThrow("got 0");
});

it("leaveOneGroupOut tests groups that are large enough alone, and trains on the small ones", () => {
  const groups = ["a", "a", "a", "b", "c", "c"];
  const folds = leaveOneGroupOut(groups, { smallest: 2 });
  expect(folds.map(({ name }) => name)).toEqual(["a", "c"]);
  for (const { train } of folds) expect([...train]).toContain(3);
  expect(() => leaveOneGroupOut(groups, { smallest: 4 })).toThrow("got 3 groups, the largest of 3 rows");
  expect(() => leaveOneGroupOut(groups, { smallest: 0 })).toThrow("at least 1; got 0");
});
