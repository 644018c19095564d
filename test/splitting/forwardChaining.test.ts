import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fold } from "../../src/core/Fold.js";
import { forwardChaining } from "../../src/splitting/forwardChaining.js";
import { golden } from "./golden.js";

/** Null where so many rows share a time that a fold has none to train or test on, which is refused. */
function foldsOrNone(times: readonly number[], embargo: number): Fold[] | null {
  try {
    return forwardChaining(times, { folds: 3, embargo });
  } catch (error) {
    expect(String(error)).toMatch(/fold \d of 3 of \d+ rows has none to t(?:rain|est) on/);
    return null;
  }
}

describe("forwardChaining", () => {
  it.each([0, 2])("of 53 rows in order is scikit-learn's TimeSeriesSplit with gap %i", (gap) => {
    const ends = forwardChaining(53, { embargo: gap }).map(({ train, test }) => [
      train[0],
      train.at(-1),
      test[0],
      test.at(-1),
    ]);
    expect(ends).toEqual(golden.time_series_split.expected[`n=53,gap=${gap}`]);
  });

  it("trains only on what is more than the embargo before the test, whatever the order and ties of rows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 120, maxLength: 200 }),
        fc.integer({ min: 0, max: 4 }),
        (times, embargo) => {
          const folds = foldsOrNone(times, embargo);
          fc.pre(folds !== null);
          for (const { train, test } of folds) {
            const [last, first] = [
              Math.max(...Array.from(train, (row) => times[row])),
              Math.min(...Array.from(test, (row) => times[row])),
            ];
            expect(first - last).toBeGreaterThan(embargo);
          }
        },
      ),
    );
  });

  it("refuses too few rows or times, times not finite, and an embargo that leaves no training", () => {
    expect(() => forwardChaining(5)).toThrow(
      "every fold must have rows to train and to test on; fold 1 of 5 of 5 rows has none to test on; take fewer folds",
    );
    expect(() => forwardChaining(new Float64Array(60))).toThrow(/fold 1 of 5 of 60 rows has none to/);
    expect(() => forwardChaining([1, 2, Number.NaN])).toThrow("row 2 has NaN");
    expect(() => forwardChaining(12, { embargo: 3 })).toThrow(
      "fold 1 of 5 of 12 rows has none to train on, more than the embargo of 3 before its test; " +
        "take fewer folds or a shorter embargo",
    );
    expect(() => forwardChaining(2.5)).toThrow("the number of rows must be a whole number; got 2.5");
    expect(() => forwardChaining(0)).toThrow("at least one row is needed");
  });
});
