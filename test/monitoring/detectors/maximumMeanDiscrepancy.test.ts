import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { discrepancyOf, maximumMeanDiscrepancy } from "../../../src/monitoring/detectors/maximumMeanDiscrepancy.js";
import { pooledGroups } from "../../../src/monitoring/detectors/pooledGroups.js";
import { type BatchShape, batchRows, labelsOf } from "./batchRows.js";

interface Golden {
  readonly mmd: {
    readonly input: { readonly X: number[][]; readonly Y: number[][]; readonly permutations: number[][] };
    readonly expected: { mmd2_unbiased: number; count_ge: number; p_plus_one: number; perm_mmd2_first5: number[] };
  };
}

/** Gretton's statistic in NumPy, with stored permutations; see versions and functions in the file. */
const { mmd } = JSON.parse(
  readFileSync(new URL("../../golden/c_drift_distances.json", import.meta.url), "utf8"),
) as Golden;

describe("maximumMeanDiscrepancy", () => {
  const numbers = (rows: number[][]) => ({ rows: rows.length, columns: rows[0].length, values: rows.flat() });
  const { X, Y, permutations } = mmd.input;

  it("agrees with NumPy on 20 rows against 20, and on each stored permutation", () => {
    const random = seededRandom(1);
    const { statistic } = maximumMeanDiscrepancy(numbers(X), numbers(Y), { random, draws: 9 });
    expect(statistic).toBeCloseTo(mmd.expected.mmd2_unbiased, 10);
    const rows = [...X, ...Y].map((row) => Float64Array.from(row));
    const among = pooledGroups({ reference: 20, current: 20 }, { random, where: "here" });
    const of = discrepancyOf(rows, among);
    const values = permutations.map((order) => of(Uint32Array.from(order.slice(20))));
    mmd.expected.perm_mmd2_first5.forEach((expected, i) => expect(values[i]).toBeCloseTo(expected, 10));
    const asLarge = values.filter((value) => value >= statistic).length;
    expect((asLarge + 1) / (values.length + 1)).toBeCloseTo(mmd.expected.p_plus_one, 12);
  });

  it("does not call a batch of one row drifted, where batches have no pair of rows", () => {
    const own = seededRandom(1);
    const normal = { rows: 30, columns: 1 };
    const draw = () => ({ ...normal, values: Float64Array.from({ length: 30 }, () => own()) });
    const groups = { reference: Array.from({ length: 30 }, (_, row) => row), current: new Array<number>(30).fill(0) };
    const { statistic, pValue } = maximumMeanDiscrepancy(draw(), draw(), { groups, random: own });
    expect(statistic).not.toBeNaN();
    expect(pValue).toBeGreaterThan(1 / 31 - 1e-12);
  });

  const judged = (seed: number, shape: BatchShape, grouped = true) => {
    const [there, here] = [batchRows(seed, 16, { ...shape, together: 1 }), batchRows(seed + 1, 8, shape)];
    const groups = grouped ? labelsOf(there, here) : undefined;
    return maximumMeanDiscrepancy(there.matrix, here.matrix, { random: seededRandom(seed), draws: 99, groups });
  };

  it("finds features that no longer go together, which none shows alone", () => {
    expect(judged(1, { together: -1 }).drifted).toBe(true);
  });

  it("keeps to its 5 % with batches kept whole, where rows alone alarm", () => {
    let [kept, torn] = [0, 0];
    for (let seed = 0; seed < 25; seed++) {
      kept += judged(10 + 2 * seed, { between: 0.8 }).drifted ? 1 : 0;
      torn += judged(10 + 2 * seed, { between: 0.8 }, false).drifted ? 1 : 0;
    }
    // 1.25 of 25 expected; binomial 99.9 % quantile 6.
    expect(kept).toBeLessThanOrEqual(6);
    expect(torn).toBeGreaterThan(9);
  });

  it("refuses other columns, one row, numbers that are none, and equal rows", () => {
    const options = { random: seededRandom(1) };
    const test = (a: number[][], b: number[][]) => () => maximumMeanDiscrepancy(numbers(a), numbers(b), options);
    expect(
      test(
        [[1], [2]],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toThrow("must have the same columns; got 1 in the reference and 2 in");
    expect(test([[1], [2]], [[1]])).toThrow("must have two rows at least; got 2 of the reference and 1");
    expect(test([[1], [NaN]], [[1], [2]])).toThrow("reference, row 2, column 1 must be a finite number; got NaN");
    expect(test([[1], [1]], [[1], [1]])).toThrow("rows must differ; got equal rows in both samples");
  });
});
