import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom, type Random } from "../../../src/core/random/Random.js";
import { crossConformalIntervals, type OutOfFold } from "../../../src/uncertainty/conformal/crossConformalIntervals.js";

const normal = (random: Random): number => boxMuller(1 - random(), random())[0];

/** The mean of the other folds predicts: all there is to fit is the mean. */
function foldsOfMeans(
  truth: readonly number[],
  folds: number,
): { readonly seen: OutOfFold; readonly means: readonly number[] } {
  const foldOf = truth.map((_, row) => row % folds);
  const means = Array.from({ length: folds }, (_, k) => {
    const others = truth.filter((_, row) => foldOf[row] !== k);
    return others.reduce((a, b) => a + b) / others.length;
  });
  return { seen: { truth, predictions: foldOf.map((k) => means[k]), foldOf }, means };
}

describe("crossConformalIntervals", () => {
  it("is the jackknife+ by hand: order statistics of leave-one-out predictions minus and plus residuals", () => {
    // Means without 0, 1, 2 and 5 in turn: 8/3, 7/3, 2, 1; residuals 8/3, 4/3, 0, 4.
    const { seen, means } = foldsOfMeans([0, 1, 2, 5], 4);
    const { low, high, rank, atLeast, reason } = crossConformalIntervals(
      seen,
      means.map((one) => [one]),
      { alpha: 0.25 },
    );
    // Rank ceil(5 · 0.75) = 4: the smallest of (0, 1, 2, -3), the largest of (16/3, 11/3, 2, 5).
    expect(rank).toBe(4);
    expect(low[0]).toBeCloseTo(-3, 12);
    expect(high[0]).toBeCloseTo(16 / 3, 12);
    expect({ atLeast, reason }).toEqual({ atLeast: 0.5, reason: null });
    const wider = crossConformalIntervals(
      seen,
      means.map((one) => [one]),
      { alpha: 0.5 },
    );
    // Rank 3: second from either end.
    expect([wider.low[0], wider.high[0]]).toEqual([expect.closeTo(0, 12), expect.closeTo(5, 12)]);
  });

  it("counts residuals in units of deviations: wider limits where less sure, the same where all alike", () => {
    const { seen, means } = foldsOfMeans([0, 1, 2, 5], 4);
    const predictions = means.map((one) => [one, one]);
    const plain = crossConformalIntervals(seen, predictions, { alpha: 0.25 });
    const alike = crossConformalIntervals({ ...seen, deviations: [3, 3, 3, 3] }, predictions, {
      alpha: 0.25,
      foldDeviations: means.map(() => [3, 6]),
    });
    expect([alike.low[0], alike.high[0]]).toEqual([
      expect.closeTo(plain.low[0], 12),
      expect.closeTo(plain.high[0], 12),
    ]);
    // Residuals 8/3, 4/3, 0, 4 twice as far about 8/3, 7/3, 2, 1.
    expect([alike.low[1], alike.high[1]]).toEqual([expect.closeTo(-7, 12), expect.closeTo(9, 12)]);
  });

  it("refuses deviations of training rows alone, of too few rows, and of 0", () => {
    const { seen, means } = foldsOfMeans([0, 1, 2, 5], 4);
    const ask = (deviations: number[] | undefined, foldDeviations: number[][] | undefined) => () =>
      crossConformalIntervals(
        deviations === undefined ? seen : { ...seen, deviations },
        means.map((one) => [one]),
        foldDeviations === undefined ? { alpha: 0.25 } : { alpha: 0.25, foldDeviations },
      );
    const ones = means.map(() => [1]);
    expect(ask([1, 1, 1, 1], undefined)).toThrow("of training rows and of new rows, or of neither");
    expect(ask([1, 1], ones)).toThrow("4 deviations are needed by training row; got 2");
    expect(ask([1, 0, 1, 1], ones)).toThrow("training row 1 has 0");
    expect(ask([1, 1, 1, 1], [[1], [1], [NaN], [1]])).toThrow("fold 2, new row 0 has NaN");
  });

  it("promises 1 - 2·alpha for folds of one row, and never loses more than √(2/n) to larger folds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 40 }), (folds, size) => {
        const { seen, means } = foldsOfMeans(
          Array.from({ length: folds * size }, (_, row) => row),
          folds,
        );
        const { atLeast, rows } = crossConformalIntervals(
          seen,
          means.map(() => []),
          { alpha: 0.1 },
        );
        if (size === 1) expect(atLeast).toBeCloseTo(0.8, 12);
        expect(atLeast).toBeLessThanOrEqual(0.8 + 1e-12);
        expect(atLeast).toBeGreaterThanOrEqual(Math.max(0, 0.8 - Math.sqrt(2 / rows)) - 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [20, 20],
    [20, 5],
    [60, 5],
  ])("covers near 1 - alpha where fits are stable, with %i rows and %i folds", (rows, folds) => {
    const random = seededRandom(folds + rows);
    const trials = 2000;
    let hits = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { seen, means } = foldsOfMeans(
        Array.from({ length: rows }, () => normal(random)),
        folds,
      );
      const { low, high } = crossConformalIntervals(
        seen,
        means.map((one) => [one]),
        { alpha: 0.1 },
      );
      const fresh = normal(random);
      if (fresh >= low[0] && fresh <= high[0]) hits++;
    }
    expect(hits / trials).toBeGreaterThan(0.875);
    expect(hits / trials).toBeLessThan(0.96);
  });

  it("covers by residuals of rows left out, where those of fitted rows, all 0, cover too little (planted)", () => {
    // The nearest neighbour fits its own rows without error.
    const random = seededRandom(4);
    const trials = 400;
    const hits = { outOfFold: 0, ownRows: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const x = Array.from({ length: 30 }, () => random());
      const truth = x.map(() => normal(random));
      const nearest = (at: number, left: number): number =>
        x.reduce(
          (best, one, row) =>
            row % 5 !== left && (best < 0 || Math.abs(one - at) < Math.abs(x[best] - at)) ? row : best,
          -1,
        );
      const [fresh, at] = [normal(random), random()];
      const foldOf = x.map((_, row) => row % 5);
      const models = [0, 1, 2, 3, 4].map((k) => [truth[nearest(at, k)]]);
      const covers = (predictions: readonly number[]): boolean => {
        const { low, high } = crossConformalIntervals({ truth, predictions, foldOf }, models, { alpha: 0.1 });
        return fresh >= low[0] && fresh <= high[0];
      };
      if (covers(x.map((one, row) => truth[nearest(one, foldOf[row])]))) hits.outOfFold++;
      if (covers(truth)) hits.ownRows++;
    }
    expect(hits.outOfFold / trials).toBeGreaterThan(0.8);
    expect(hits.ownRows / trials).toBeLessThan(0.7);
  });

  it("is the whole line for too few rows, and says how many are needed", () => {
    const { seen, means } = foldsOfMeans([0, 1, 2, 5], 2);
    expect(
      crossConformalIntervals(
        seen,
        means.map((one) => [one]),
        { alpha: 0.1 },
      ),
    ).toMatchObject({
      low: new Float64Array([-Infinity]),
      high: new Float64Array([Infinity]),
      reason: "alpha = 0.1 needs at least 9 training rows; got 4",
    });
  });

  it("refuses folds, lengths and numbers that do not fit", () => {
    const { seen, means } = foldsOfMeans([0, 1, 2, 5], 2);
    const [a, b] = means.map((one) => [one]);
    const call =
      (change: Partial<OutOfFold>, models: readonly (readonly number[])[] = [a, b], alpha = 0.5): (() => unknown) =>
      () =>
        crossConformalIntervals({ ...seen, ...change }, models, { alpha });
    expect(call({}, [a])).toThrow("at least 2 folds are needed; got predictions of 1");
    expect(call({}, [a, b, a])).toThrow("fold 2 has none");
    expect(call({ foldOf: [0, 1, 0, 2] })).toThrow("numbers below 2, as many as there are models; row 3 has 2");
    expect(call({ truth: [0, 1] })).toThrow("got 2, 4 and 4");
    expect(call({ truth: [0, NaN, 2, 5] })).toThrow("training row 1 has truth NaN");
    expect(call({}, [a, []])).toThrow("fold 1 predicts 0, fold 0 1");
    expect(call({}, [a, [NaN]])).toThrow("fold 1, new row 0 has NaN");
    expect(call({}, [a, b], 0)).toThrow("must lie between 0 and 1; got 0");
  });
});
