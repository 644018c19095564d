import fc from "fast-check";
import { expect } from "vitest";
import type { Fold } from "../../src/core/Fold.js";
import { splitParts, type Split } from "../../src/core/Split.js";

/** Labels of one to six classes, some of them rare. */
export const anyLabels: fc.Arbitrary<number[]> = fc
  .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
  .chain((counts) =>
    fc.shuffledSubarray(
      counts.flatMap((count, one) => new Array<number>(count).fill(one)),
      { minLength: counts.reduce((a, b) => a + b, 0) },
    ),
  );

/** Shares of which some are 0. */
export const anyShares: fc.Arbitrary<Record<keyof Split, number>> = fc
  .tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 0, max: 90 }),
    fc.integer({ min: 0, max: 90 }),
    fc.integer({ min: 0, max: 90 }),
  )
  .map((weights) => {
    const sum = weights.reduce((a, b) => a + b, 0);
    const [train, tune, calibrate, test] = weights.map((weight) => weight / sum);
    return { train, tune, calibrate, test };
  });

export function isAscending(rows: Uint32Array): boolean {
  return rows.every((row, i) => i === 0 || row > rows[i - 1]);
}

/** Parts are ascending, disjoint and hold every row of `rows`. */
export function expectSplit(split: Split, rows: number, others: Uint32Array = new Uint32Array(0)): void {
  expect(splitParts.every((part) => isAscending(split[part])) && isAscending(others)).toBe(true);
  expect([...splitParts.flatMap((part) => [...split[part]]), ...others].sort((a, b) => a - b)).toEqual(
    Array.from({ length: rows }, (_, row) => row),
  );
}

/** Each row is tested once, and each fold trains on all others. */
export function expectFolds(folds: readonly Fold[], rows: number): void {
  expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(
    Array.from({ length: rows }, (_, row) => row),
  );
  for (const { train, test } of folds) {
    expect(isAscending(train) && isAscending(test)).toBe(true);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
  }
}
