import { describe, expect, it } from "vitest";
import { barnardExact } from "../../../src/core/statistics/barnardExact.js";
import { rankSumTest } from "../../../src/core/statistics/rankSumTest.js";
import { shapiroWilk } from "../../../src/core/statistics/shapiroWilk.js";
import { signedRankTest } from "../../../src/core/statistics/signedRankTest.js";

/** SciPy 1.17.1, beside the cases of the golden files. */
describe("tests by rank, by order statistics and of tables", () => {
  it("rankSumTest counts few numbers exactly, and corrects for ties else", () => {
    const few = rankSumTest([1.2, 3.4, 2.2, 5.1, 4.4], [2.3, 6.1, 7.7, 5.5, 8.8, 9.1]);
    expect(few).toMatchObject({ statistic: 3, method: "exact" });
    expect(few.pValue).toBeCloseTo(0.030303030303030304, 12);
    const tied = rankSumTest([1, 2, 2, 3, 4, 5, 5, 6, 7], [2, 3, 5, 5, 8, 8, 9, 9, 10]);
    expect(tied).toMatchObject({ statistic: 18.5, method: "normal" });
    expect(tied.pValue).toBeCloseTo(0.055445049572222495, 10);
    expect(rankSumTest(new Array<number>(9).fill(1), new Array<number>(9).fill(1)).pValue).toBeNull();
    expect(rankSumTest([1], [2]).pValue).toBe(1);
  });

  it("signedRankTest corrects for ties, and leaves out pairs that do not differ", () => {
    const [first, second] = [
      [1, 2, 2, 3, 4, 5, 5, 6, 7],
      [2, 3, 5, 5, 8, 8, 9, 9, 10],
    ];
    expect(signedRankTest(first, second).pValue).toBeCloseTo(0.0070583320485281004, 10);
    expect(signedRankTest(first, [1, ...second.slice(1)]).pValue).toBeCloseTo(0.010613156038105713, 10);
    expect(signedRankTest([1, 2], [1, 2])).toMatchObject({ statistic: 0, pValue: null });
    expect(() => signedRankTest([1, 2], [1])).toThrow("both must have one number per row; got 2 and 1");
  });

  it.each([
    [[1, 2, 4], 0.9642857142857142, 0.6368868450289689],
    [[1, 2, 4, 4.5], 0.9156860679675836, 0.5130400900610478],
    [[5, 4, 3, 2.2, 1], 0.9932184672585114, 0.9896626667470528],
    [[2.1, 2.4, 2.2, 2.6, 2.3, 2.5, 2.2, 9], 0.48561355077443624, 6.928431749329159e-6],
    [Array.from({ length: 30 }, (_, i) => 0.1 * i * i), 0.8939559473938223, 0.005994663222500283],
  ])("shapiroWilk has Royston's branches: %j", (values, w, p) => {
    const { statistic, pValue } = shapiroWilk(values);
    expect(statistic).toBeCloseTo(w, 8);
    expect(pValue! / p).toBeCloseTo(1, 6);
  });

  it("shapiroWilk knows nothing of numbers that do not vary, and refuses too few or too many", () => {
    expect(shapiroWilk([1, 1, 1])).toEqual({ statistic: null, pValue: null });
    expect(() => shapiroWilk([1, 2])).toThrow("at least 3 numbers are needed; got 2");
    expect(() => shapiroWilk(new Float64Array(5001))).toThrow("up to 5,000 numbers; got 5001");
    expect(() => shapiroWilk([1, Number.NaN, 2])).toThrow("shapiroWilk, row 1: every number must be finite; got NaN");
  });

  it.each([
    [172, 200, 158, 200, 0.06942383919091673],
    [9, 50, 2, 50, 0.026255722825320082],
    [0, 20, 3, 20, 0.08612014318019609],
    [40, 41, 10, 13, 0.024240866674887115],
  ])("barnardExact is SciPy's with the samples as columns, %s/%s, %s/%s", (x, m, y, n, p) => {
    const [first, second] = [
      { hits: x, trials: m },
      { hits: y, trials: n },
    ];
    expect(barnardExact(first, second)).toBeCloseTo(p, 6);
    expect(barnardExact(second, first)).toBeCloseTo(barnardExact(first, second), 10);
  });

  it("barnardExact counts tables that are tied, which rounding parts, at the worst of all common shares", () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    const [m, n, hits] = [12, 15, [7, 1] as const];
    const z = (x: number, y: number): number => {
      const pooled = (x + y) / (m + n);
      return x / m === y / n ? 0 : Math.abs(x / m - y / n) / Math.sqrt(pooled * (1 - pooled));
    };
    let most = 0;
    for (let share = 0.0005; share < 1; share += 0.0005) {
      let sum = 0;
      for (let x = 0; x <= m; x++)
        for (let y = 0; y <= n; y++)
          if (z(x, y) >= z(...hits) - 1e-9)
            sum += choose(m, x) * choose(n, y) * share ** (x + y) * (1 - share) ** (m + n - x - y);
      most = Math.max(most, sum);
    }
    expect(barnardExact({ hits: 7, trials: 12 }, { hits: 1, trials: 15 })).toBeCloseTo(most, 6);
  });

  it("barnardExact finds the far common share at which SciPy's 32 starts miss the largest probability", () => {
    // SciPy 1.17.1 with n=128, 1024 or 8192 starts; with 32, its default, 0.0666.
    expect(barnardExact({ hits: 172, trials: 330 }, { hits: 28, trials: 70 })).toBeCloseTo(0.07822558, 7);
    expect(() => barnardExact({ hits: 3, trials: 2 }, { hits: 1, trials: 2 })).toThrow("got 3 of 2");
  });
});
