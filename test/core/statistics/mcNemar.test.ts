import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mcNemar } from "../../../src/core/statistics/mcNemar.js";

interface Golden {
  readonly cases: {
    readonly mcnemar: {
      readonly input: { readonly table: readonly [readonly [number, number], readonly [number, number]] };
      readonly expected: { readonly exact_p: number };
    };
  };
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../golden/g_paired_shares.json", import.meta.url), "utf8"),
) as Golden;

/** Predictions that are right on `a` rows by the first alone and on `b` by the second alone. */
function split(a: number, b: number, both = 0, neither = 0) {
  const first = [
    ...Array<number>(a).fill(1),
    ...Array<number>(b).fill(0),
    ...Array<number>(both).fill(1),
    ...Array<number>(neither).fill(0),
  ];
  const second = [
    ...Array<number>(a).fill(0),
    ...Array<number>(b).fill(1),
    ...Array<number>(both).fill(1),
    ...Array<number>(neither).fill(2),
  ];
  return mcNemar(
    first.map(() => 1),
    first,
    second,
  );
}

describe("mcNemar", () => {
  it("agrees with statsmodels' exact test", () => {
    const [[both, onlyFirst], [onlySecond, neither]] = cases.mcnemar.input.table;
    const test = split(onlyFirst, onlySecond, both, neither);
    expect(test).toMatchObject({ onlyFirstRight: onlyFirst, onlySecondRight: onlySecond });
    expect(Math.abs(test.pValue / cases.mcnemar.expected.exact_p - 1)).toBeLessThan(1e-9);
  });

  it("has p = 2 · 2^-n where all n differing rows favour one, and 1 where none differ or the split is even", () => {
    expect(split(5, 0).pValue).toBeCloseTo(2 / 32, 12);
    expect(split(0, 5, 3).pValue).toBeCloseTo(2 / 32, 12);
    expect(split(0, 0, 4, 4).pValue).toBe(1);
    expect(split(3, 3).pValue).toBe(1);
  });

  it("stays exact where 2^-n is no double: 2,600 against 2,400 rows", () => {
    const { pValue } = split(2600, 2400);
    // Normal approximation with continuity correction: z = 199 / √5000.
    expect(pValue).toBeGreaterThan(0.0048);
    expect(pValue).toBeLessThan(0.005);
  });

  it("refuses predictions of another number", () => {
    expect(() => mcNemar([1, 1], [1, 1], [1])).toThrow("got 2 and 1 predictions for 2 labels");
  });
});
