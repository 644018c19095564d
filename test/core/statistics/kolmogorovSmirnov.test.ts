import { describe, expect, it } from "vitest";
import { kolmogorovSmirnov, kolmogorovTail } from "../../../src/core/statistics/kolmogorovSmirnov.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { twoSamples } from "../twoSamples.js";

const { univariate, ks_exact_small: small } = twoSamples;

describe("kolmogorovSmirnov", () => {
  it.each(Object.entries(univariate.expected))(
    "agrees with SciPy on %s, statistic and exact probability, down to 1e-107",
    (name, { ks_stat, ks_p_auto }) => {
      const { statistic, pValue, method } = kolmogorovSmirnov(univariate.input.ref, univariate.input[name]);
      expect(method).toBe("exact");
      expect(Math.abs(statistic - ks_stat)).toBeLessThan(1e-10);
      expect(Math.abs(pValue / ks_p_auto - 1)).toBeLessThan(1e-7);
    },
  );

  it("agrees with SciPy on five numbers against six, whichever comes first", () => {
    for (const [a, b] of [
      [small.input.a, small.input.b],
      [small.input.b, small.input.a],
    ]) {
      const { statistic, pValue } = kolmogorovSmirnov(a, b);
      expect(statistic).toBeCloseTo(small.expected.stat, 12);
      expect(Math.abs(pValue - small.expected.p_exact)).toBeLessThan(small.tolerance);
    }
  });

  it("of a sample against itself is 0 with probability 1; of samples apart it is 1", () => {
    expect(kolmogorovSmirnov([1, 2, 2, 3], [3, 2, 1, 2])).toEqual({ statistic: 0, pValue: 1, method: "exact" });
    const { statistic, pValue } = kolmogorovSmirnov([1, 2, 3], [4, 5, 6, 7]);
    expect(statistic).toBe(1);
    expect(pValue).toBeCloseTo(2 / 35, 14);
  });

  it("passes from the exact count to the limit law within two percent", () => {
    const random = seededRandom(1);
    const sample = (n: number, shift: number): Float64Array => Float64Array.from({ length: n }, () => random() + shift);
    const [a, b] = [sample(2000, 0), sample(1999, 0.03)];
    const exact = kolmogorovSmirnov(a, b);
    const limit = kolmogorovSmirnov(Float64Array.of(...a, ...a), Float64Array.of(...b, ...b));
    expect([exact.method, limit.method]).toEqual(["exact", "asymptotic"]);
    expect(limit.statistic).toBeCloseTo(exact.statistic, 12);
    const root = Math.sqrt((2000 * 1999) / 3999);
    expect(Math.abs(kolmogorovTail((root + 0.12 + 0.11 / root) * exact.statistic) / exact.pValue - 1)).toBeLessThan(
      0.02,
    );
  });

  it("refuses an empty sample and NaN", () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow(
      "two samples of numbers without NaN are needed; got 0 and 1 numbers; leave missing values out",
    );
    expect(() => kolmogorovSmirnov([1, Number.NaN], [1])).toThrow("without NaN");
  });
});

it("kolmogorovTail has the tabled quantiles, and its two series meet", () => {
  // Kolmogorov's law: 0.269999... at 1; 10, 5 and 1 % at these points (Smirnov 1948).
  expect(kolmogorovTail(1)).toBeCloseTo(0.2699996716735, 10);
  for (const [x, tail] of [
    [1.22384787, 0.1],
    [1.35809864, 0.05],
    [1.62762361, 0.01],
  ])
    expect(kolmogorovTail(x)).toBeCloseTo(tail, 7);
  expect(kolmogorovTail(1.18 - 1e-9)).toBeCloseTo(kolmogorovTail(1.18), 8);
  expect([kolmogorovTail(0), kolmogorovTail(0.05)]).toEqual([1, 1]);
});
