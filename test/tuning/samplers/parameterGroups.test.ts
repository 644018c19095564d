import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupedNames, sharedNames } from "../../../src/tuning/samplers/parameterGroups.js";

const of = (...names: string[]): Record<string, number> => Object.fromEntries(names.map((name) => [name, 0]));

describe("groupedNames", () => {
  it("parts names that come apart, and keeps together those that never do", () => {
    expect(groupedNames([of("a", "b", "c"), of("a", "b"), of("d", "a", "b")])).toEqual([["a", "b"], ["c"], ["d"]]);
    expect(groupedNames([])).toEqual([]);
  });

  it("has every name once, and of each group a trial has all or none", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(names, { maxLength: 6 }), (trials) => {
        const groups = groupedNames(trials.map((own) => of(...own)));
        expect(groups.flat().sort()).toEqual([...new Set(trials.flat())].sort());
        for (const group of groups)
          for (const own of trials)
            expect([0, group.length]).toContain(group.filter((name) => own.some((one) => one === name)).length);
      }),
    );
  });
});

describe("sharedNames", () => {
  it("is what all trials have", () => {
    expect(sharedNames([of("a", "b"), of("b", "c")])).toEqual([["b"]]);
    expect(sharedNames([of("a"), of("c")])).toEqual([]);
    expect(sharedNames([])).toEqual([]);
  });
});
