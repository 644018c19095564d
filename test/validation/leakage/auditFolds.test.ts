import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupedKFold } from "../../../src/splitting/groupedKFold.js";
import { leaveOneGroupOut } from "../../../src/splitting/leaveOneGroupOut.js";
import { auditFolds } from "../../../src/validation/leakage/auditFolds.js";
import { seededRandom } from "../../../src/core/random/Random.js";

describe("auditFolds", () => {
  it("finds folds by group clean, and every planted row of a tested group", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("p1", "q2", "r3", "s4"), { minLength: 6, maxLength: 40 }), (plates) => {
        fc.pre(new Set(plates).size > 1);
        const folds = leaveOneGroupOut(plates);
        expect(auditFolds(folds, plates)).toEqual({
          clean: true,
          seen: [],
          folds: folds.length,
          fits: folds.length,
          groups: folds.length,
        });
        const [first, ...rest] = folds;
        const leaked = { ...first, train: Uint32Array.of(...first.train, first.test[0]) };
        expect(auditFolds([leaked, ...rest], plates).seen).toEqual([
          { fold: first.name, fit: "train", group: first.name, as: first.name, rows: 1 },
        ]);
      }),
    );
  });

  it("looks at every fit: the rows that calibrate, choose or balance", () => {
    const plates = Array.from({ length: 60 }, (_, row) => `plate ${row % 12}`);
    const folds = groupedKFold(plates, seededRandom(1), { folds: 4 });
    const honest = folds.map((fold) => ({ ...fold, fits: { calibrate: fold.train.slice(0, 9), choose: fold.train } }));
    expect(auditFolds(honest, plates)).toMatchObject({ clean: true, fits: 12, groups: 12 });
    const planted = honest.map((fold, i) =>
      i === 2 ? { ...fold, fits: { ...fold.fits, calibrate: fold.test } } : fold,
    );
    const { clean, seen } = auditFolds(planted, plates);
    expect(clean).toBe(false);
    expect(new Set(seen.map(({ fold, fit }) => `${fold} ${fit}`))).toEqual(new Set([`${folds[2].name} calibrate`]));
    expect(seen.reduce((sum, { rows }) => sum + rows, 0)).toBe(folds[2].test.length);
  });

  it("takes plates that are written nearly alike for one, and rows without a plate each for itself", () => {
    const plates = ["B12", "b12", "", "", "C"];
    const fold = { name: "one", train: Uint32Array.of(1, 2, 4), test: Uint32Array.of(0, 3) };
    expect(auditFolds([fold], plates).seen).toEqual([{ fold: "one", fit: "train", group: "B12", as: "b12", rows: 1 }]);
    const same = { name: "one", train: Uint32Array.of(3, 4), test: Uint32Array.of(3) };
    expect(auditFolds([same], plates).clean).toBe(false);
  });

  it("refuses rows that are not in the table", () => {
    const fold = { name: "one", train: Uint32Array.of(0), test: Uint32Array.of(7) };
    expect(() => auditFolds([fold], ["a", "b"])).toThrow("rows must be below 2; test of one has 7");
  });
});
