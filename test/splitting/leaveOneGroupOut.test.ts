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
