import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitParts } from "../../src/core/Split.js";
import { temporalSplit } from "../../src/splitting/temporalSplit.js";
import { expectSplit } from "./anySplit.js";

const shares = { train: 0.5, tune: 0.25, test: 0.25 };

describe("temporalSplit", () => {
  it("trains on the earliest, tests on the latest, with the embargo between parts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 150, maxLength: 250 }),
        fc.integer({ min: 0, max: 5 }),
        (times, embargo) => {
          const split = temporalSplit(times, { embargo });
          expectSplit(split, times.length, split.embargoed);
          const [first, last] = [Math.min, Math.max].map((of) =>
            splitParts.map((part) => of(...Array.from(split[part], (row) => times[row]))),
          );
          for (let part = 1; part < splitParts.length; part++)
            expect(first[part] - last[part - 1]).toBeGreaterThan(embargo);
          // What is left out lies before a part, not farther than the embargo.
          for (const row of split.embargoed)
            expect(first.some((time) => times[row] < time && time - times[row] <= embargo)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("without ties has the sizes of the largest remainder, in whatever order rows come", () => {
    const split = temporalSplit([7, 6, 5, 4, 3, 2, 1, 0], { shares });
    expect(split).toEqual({
      train: Uint32Array.of(4, 5, 6, 7),
      tune: Uint32Array.of(2, 3),
      calibrate: Uint32Array.of(),
      test: Uint32Array.of(0, 1),
      embargoed: Uint32Array.of(),
    });
  });

  it("moves a cut to the nearest change of time", () => {
    expect(temporalSplit([1, 2, 3, 3, 3, 4, 5, 6], { shares }).train).toEqual(Uint32Array.of(0, 1, 2, 3, 4));
    expect(temporalSplit([1, 2, 2, 3, 3, 3, 5, 6], { shares }).train).toEqual(Uint32Array.of(0, 1, 2));
  });

  it("reports the rows that an embargo leaves out", () => {
    const split = temporalSplit([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { shares, embargo: 1 });
    expect(split).toMatchObject({
      train: Uint32Array.of(0, 1, 2, 3, 4),
      embargoed: Uint32Array.of(5, 8),
      tune: Uint32Array.of(6, 7),
      test: Uint32Array.of(9, 10, 11),
    });
  });

  it("refuses times not finite, no rows, one time for all, and an embargo longer than a part", () => {
    expect(() => temporalSplit([1, Number.NaN, 3])).toThrow(
      "every row must have a finite time; row 1 has NaN; leave such rows out",
    );
    expect(() => temporalSplit([1, Infinity, 3])).toThrow("row 1 has Infinity");
    expect(() => temporalSplit([])).toThrow("at least one row is needed; got an empty table");
    expect(() => temporalSplit(new Float64Array(100))).toThrow(
      "every part with a share must have a row; tune (share 0.1 of 100 rows at 1 times) has none",
    );
    expect(() =>
      temporalSplit(
        Array.from({ length: 100 }, (_, row) => row),
        { embargo: 10 },
      ),
    ).toThrow(
      "tune (share 0.1 of 100 rows at 100 times) has none that is more than the embargo of 10 before the next part",
    );
    expect(() => temporalSplit([1, 2], { embargo: -1 })).toThrow(
      "the embargo must be a finite time of at least 0; got -1",
    );
  });
});
