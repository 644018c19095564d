import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeMatrix, type Matrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { classifierTwoSample, type SampleClassifier } from "../../../src/monitoring/detectors/classifierTwoSample.js";
import { exchangeabilityMartingale } from "../../../src/monitoring/detectors/exchangeabilityMartingale.js";
import { discrepancyOf, maximumMeanDiscrepancy } from "../../../src/monitoring/detectors/maximumMeanDiscrepancy.js";
import { pooledGroups } from "../../../src/monitoring/detectors/pooledGroups.js";

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

/** Rows of batches over three features; the third goes with the first, or against it. */
function inBatches(seed: number, batches: number, { rows = 10, between = 0.3, shift = 0, together = 1 } = {}) {
  const next = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const batch = Array.from({ length: batches * rows }, (_, row) => Math.floor(row / rows));
  const means = Array.from({ length: batches }, () => [between * gauss(), between * gauss()]);
  const values = batch.flatMap((one) => {
    const first = means[one][0] + gauss();
    return [first + shift, means[one][1] + gauss(), together * first + 0.5 * gauss()];
  });
  return { batch, matrix: makeMatrix(["a", "b", "c"], Float32Array.from(values)) };
}

const labelsOf = (there: { batch: number[] }, here: { batch: number[] }) => ({
  reference: there.batch,
  current: here.batch,
});

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

  const judged = (seed: number, shape: Parameters<typeof inBatches>[2], grouped = true) => {
    const [there, here] = [inBatches(seed, 16, { ...shape, together: 1 }), inBatches(seed + 1, 8, shape)];
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

describe("classifierTwoSample", () => {
  /** Scores by the difference of class means: enough to see a shift. */
  const byMeans: SampleClassifier = (training, labels, judged) => {
    const towards = Array.from({ length: training.columns }, (_, k) => {
      const sums = [0, 0];
      const counts = [0, 0];
      labels.forEach((label, row) => {
        sums[label] += training.values[row * training.columns + k];
        counts[label]++;
      });
      return sums[1] / counts[1] - sums[0] / counts[0];
    });
    return Array.from({ length: judged.rows }, (_, row) =>
      towards.reduce((sum, one, k) => sum + one * judged.values[row * judged.columns + k], 0),
    );
  };
  const test = (seed: number, shift: number, batches = 10) => {
    const [there, here] = [inBatches(seed, 20), inBatches(seed + 1, batches, { shift })];
    const options = { random: seededRandom(seed), draws: 199, groups: labelsOf(there, here), classify: byMeans };
    return classifierTwoSample(there.matrix, here.matrix, options);
  };

  it("tells shifted batches apart, and not those that are alike", async () => {
    const moved = await test(1, 1.5);
    expect(moved).toMatchObject({ drifted: true, method: "permutation of 10 + 5 judged batches" });
    expect(moved.statistic).toBeGreaterThan(0.75);
    let alarms = 0;
    for (let seed = 0; seed < 30; seed++) alarms += (await test(100 + 2 * seed, 0)).drifted ? 1 : 0;
    expect(alarms).toBeLessThanOrEqual(6);
  });

  it("is unknown where too few batches are judged, and refuses one batch and scores that are none", async () => {
    const matrix = (rows: number): Matrix => inBatches(1, 1, { rows }).matrix;
    const groups = { reference: [1, 1, 2, 2], current: [1, 1, 2, 2] };
    const options = { random: seededRandom(1), groups, classify: byMeans };
    const few = await classifierTwoSample(matrix(4), matrix(4), options);
    expect(few.unknown).toContain("1 current batch against 1 cannot give a probability below 0.5");
    await expect(
      classifierTwoSample(matrix(4), matrix(4), { ...options, groups: { ...groups, current: [1, 1, 1, 1] } }),
    ).rejects.toThrow("two groups at least; got 2 in the reference and 1");
    await expect(classifierTwoSample(matrix(4), matrix(4), { ...options, classify: () => [NaN] })).rejects.toThrow(
      "classify: must give a finite score for every judged row; got 1 scores for 4 rows",
    );
  });
});

describe("exchangeabilityMartingale", () => {
  const bet = (seed: number, shift: number, batches = 60) => {
    const column = ({ batch, matrix }: ReturnType<typeof inBatches>) => batch.map((_, row) => matrix.values[3 * row]);
    const [there, here] = [inBatches(seed, 40), inBatches(seed + 1, batches, { shift })];
    const groups = labelsOf(there, here);
    return exchangeabilityMartingale(column(there), column(here), { random: seededRandom(seed), groups });
  };

  it("alarms soon after a shift of two standard deviations of batch means, in either direction", () => {
    for (const shift of [1, -1]) {
      const { alarmAt, wealth, threshold } = bet(1, shift);
      expect(alarmAt).toBeLessThan(25);
      expect(wealth[alarmAt!]).toBeGreaterThanOrEqual(threshold);
    }
  });

  it("alarms in at most 5 % of streams in which nothing happens, looked at after every batch", () => {
    let alarms = 0;
    for (let seed = 0; seed < 100; seed++) alarms += bet(1000 + 2 * seed, 0).drifted ? 1 : 0;
    // 5 of 100 at most; binomial 99.9 % quantile 12.
    expect(alarms).toBeLessThanOrEqual(12);
  });

  it("says how many batches it takes before no alarm means anything", () => {
    const { unknown, drifted } = bet(1, 5, 3);
    expect(drifted).toBe(false);
    expect(unknown).toMatch(/^3 batches cannot raise a stake to 20; 1\d batches could$/);
    expect(bet(1, 0, 60).unknown).toBe(null);
  });

  it("has a mean wealth of about 1 where batches are alike: it is a fair bet", () => {
    const ends = Array.from({ length: 200 }, (_, seed) => bet(5000 + 2 * seed, 0, 10).wealth[9]);
    expect(ends.reduce((sum, one) => sum + one, 0) / ends.length).toBeGreaterThan(0.85);
    expect(ends.reduce((sum, one) => sum + one, 0) / ends.length).toBeLessThan(1.15);
  });
});
