import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Random } from "../../../src/core/random/Random.js";
import { seededRandom } from "../../../src/core/random/Random.js";

const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random());
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const moment = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    mean(x.map((value, i) => (value - mx) * (y[i] - my)));
  return moment(a, ma, b, mb) / Math.sqrt(moment(a, ma, a, ma) * moment(b, mb, b, mb));
}

describe("seededRandom", () => {
  it("gives the same numbers for the same seed, in [0, 1)", () => {
    fc.assert(
      fc.property(seed, (s) => {
        const numbers = draws(seededRandom(s), 50);
        expect(draws(seededRandom(s), 50)).toEqual(numbers);
        expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
      }),
    );
  });

  it("pins the first numbers of seed 1, so that no release changes saved results", () => {
    expect(draws(seededRandom(1), 3)).toEqual([0.8902591757080309, 0.585725953513891, 0.6719982689180368]);
  });

  it("has the moments of a uniform variable: mean 1/2, variance 1/12, fourth central moment 1/80", () => {
    const n = 100_000;
    const numbers = draws(seededRandom(20), n);
    const central = (power: number): number => numbers.reduce((sum, x) => sum + (x - 0.5) ** power, 0) / n;
    // Five standard errors each.
    expect(Math.abs(central(1))).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(central(2) - 1 / 12)).toBeLessThan(5 * Math.sqrt((1 / 80 - 1 / 144) / n));
    expect(Math.abs(central(4) - 1 / 80)).toBeLessThan(5 * Math.sqrt((1 / 2304 - 1 / 6400) / n));
  });

  it("fills 100 bins evenly (chi-squared below its 99.99 % point)", () => {
    const bins = new Array<number>(100).fill(0);
    for (const x of draws(seededRandom(3), 100_000)) bins[Math.floor(100 * x)]++;
    const statistic = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(statistic).toBeLessThan(161.3);
    // Too even would be as wrong: the 0.01 % point.
    expect(statistic).toBeGreaterThan(53.8);
  });

  it("uses all 53 bits: the low half of a number is as random as the high", () => {
    const low = draws(seededRandom(4), 20_000).map((x) => (x * 2 ** 26) % 1);
    expect(Math.abs(low.reduce((sum, x) => sum + x, 0) / low.length - 0.5)).toBeLessThan(
      5 * Math.sqrt(1 / 12 / low.length),
    );
  });

  it("has no correlation between neighbours", () => {
    const numbers = draws(seededRandom(5), 50_000);
    expect(Math.abs(correlation(numbers.slice(1), numbers.slice(0, -1)))).toBeLessThan(5 / Math.sqrt(50_000));
  });

  it("refuses a seed that is not an integer in [0, 2^53)", () => {
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN])
      expect(() => seededRandom(bad)).toThrow("the seed must be an integer");
  });
});

describe("fork", () => {
  it("depends on the name and not on how many numbers were drawn", () => {
    fc.assert(
      fc.property(seed, fc.string(), fc.nat(20), (s, name, count) => {
        const used = seededRandom(s);
        draws(used, count);
        expect(draws(used.fork(name), 5)).toEqual(draws(seededRandom(s).fork(name), 5));
      }),
    );
  });

  it("shifts no number of its parent", () => {
    const plain = draws(seededRandom(7), 10);
    const forked = seededRandom(7);
    expect([...draws(forked, 5), ...(forked.fork("other")(), draws(forked, 5))]).toEqual(plain);
  });

  it("gives other numbers for other names, for a number and its text, and for nested forks", () => {
    const root = seededRandom(8);
    const names = ["a", "b", "", "ab", "ba", "0", 0, 1, 2 ** 40];
    const firsts = [
      root(),
      ...names.map((name) => root.fork(name)()),
      root.fork("a").fork("b")(),
      root.fork("b").fork("a")(),
    ];
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("makes streams that are independent of each other and of the parent", () => {
    const n = 20_000;
    const root = seededRandom(9);
    const streams = [draws(root.fork(0), n), draws(root.fork(1), n), draws(root.fork("lab"), n), draws(root, n)];
    for (let i = 0; i < streams.length; i++) {
      for (let j = 0; j < i; j++) expect(Math.abs(correlation(streams[i], streams[j]))).toBeLessThan(5 / Math.sqrt(n));
    }
  });

  it("gives uniform first numbers over 10,000 numbered forks", () => {
    const root = seededRandom(10);
    const bins = new Array<number>(20).fill(0);
    for (let i = 0; i < 10_000; i++) bins[Math.floor(20 * root.fork(i)())]++;
    // 99.99 % point of chi-squared with 19 degrees of freedom.
    expect(bins.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(52.4);
  });

  it("refuses a numeric name that is not an integer in [0, 2^53)", () => {
    expect(() => seededRandom(1).fork(-1)).toThrow("a numeric name must be an integer");
  });
});
