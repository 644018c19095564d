import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { cellTest } from "../../../src/monitoring/detectors/cellTest.js";
import { chiSquareDrift, compareCounts } from "../../../src/monitoring/detectors/chiSquareDrift.js";
import type { DriftTest, DriftTestOptions } from "../../../src/monitoring/detectors/DriftTest.js";
import { jensenShannonDistance } from "../../../src/monitoring/detectors/jensenShannonDistance.js";
import { jensenShannonDrift } from "../../../src/monitoring/detectors/jensenShannonDrift.js";
import { kolmogorovSmirnovDrift } from "../../../src/monitoring/detectors/kolmogorovSmirnovDrift.js";
import { levelDrift } from "../../../src/monitoring/detectors/levelDrift.js";
import { pooledGroups } from "../../../src/monitoring/detectors/pooledGroups.js";
import {
  populationStabilityIndex,
  stabilityIndex,
} from "../../../src/monitoring/detectors/populationStabilityIndex.js";
import { wassersteinDistance } from "../../../src/monitoring/detectors/wassersteinDistance.js";
import { wassersteinDrift } from "../../../src/monitoring/detectors/wassersteinDrift.js";
import { twoSamples } from "../../core/twoSamples.js";

interface Distances {
  readonly univariate: {
    readonly expected: Readonly<
      Record<string, { psi: number; nullQ95: number; jensenShannon: number; wasserstein: number }>
    >;
  };
  readonly categorical: {
    readonly expected: Readonly<Record<string, { psi: number; jensenShannon: number; chi2: number; p: number }>>;
  };
}

/** SciPy's and NumPy's distances of the samples in twoSamples; see versions and functions in the file. */
const golden = JSON.parse(
  readFileSync(new URL("../../golden/c_drift_distances.json", import.meta.url), "utf8"),
) as Distances;
const { ref } = twoSamples.univariate.input;
const random = seededRandom(1);
const few: DriftTestOptions = { random, draws: 99 };

describe("distances of two samples", () => {
  it.each(Object.entries(golden.univariate.expected))("agree with SciPy on %s", (name, expected) => {
    const current = twoSamples.univariate.input[name];
    expect(wassersteinDistance(ref, current)).toBeCloseTo(expected.wasserstein, 10);
    expect(jensenShannonDrift(ref, current, few).statistic).toBeCloseTo(expected.jensenShannon, 10);
    expect(populationStabilityIndex(ref, current, few).statistic).toBeCloseTo(expected.psi, 10);
  });

  it.each(Object.entries(golden.categorical.expected))("agree with SciPy on the levels of %s", (name, expected) => {
    const { ref: there, cur: here } = twoSamples.categorical.input[name];
    expect(jensenShannonDistance(there, here)).toBeCloseTo(expected.jensenShannon, 9);
    expect(stabilityIndex(there, here)).toBeCloseTo(expected.psi, 9);
    const rows = (counts: readonly number[]): number[] =>
      counts.flatMap((count, k) => new Array<number>(count).fill(k));
    const { statistic, pValue } = chiSquareDrift(rows(there), rows(here), few);
    expect(statistic).toBeCloseTo(expected.chi2, 9);
    expect(pValue! / expected.p).toBeCloseTo(1, 8);
  });

  it("are those of closed forms: a shift is its own Wasserstein distance, samples apart are 1 bit apart", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: -20, max: 20 }),
        (values, shift) => {
          const moved = values.map((value) => value + shift);
          expect(wassersteinDistance(values, moved)).toBeCloseTo(Math.abs(shift), 9);
        },
      ),
    );
    expect(jensenShannonDistance([3, 0], [0, 5])).toBe(1);
    expect(jensenShannonDistance([3, 6], [1, 2])).toBe(0);
    expect(stabilityIndex([3, 6], [1, 2])).toBeCloseTo(0, 15);
  });

  it("are symmetric, but for the index, whose bins are the reference's", () => {
    const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(wassersteinDistance(a, b)).toBeCloseTo(wassersteinDistance(b, a), 9);
        expect(wassersteinDistance(a, b)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("populationStabilityIndex", () => {
  it("judges many independent rows by the chi-square quantile that NumPy has", () => {
    for (const [name, { nullQ95 }] of Object.entries(golden.univariate.expected)) {
      const current = twoSamples.univariate.input[name];
      if (current.length < 100) continue;
      const { threshold, drifted } = populationStabilityIndex(ref, current, few);
      expect(threshold! / nullQ95).toBeCloseTo(1, 9);
      expect(drifted).toBe(name !== "same");
    }
  });

  it("does not call eight rows of the same distribution drifted, whose index is 3.9 (the usual rule says 0.2)", () => {
    const { statistic, threshold, drifted } = populationStabilityIndex(ref, twoSamples.univariate.input.tiny_n8, {
      random,
    });
    expect(statistic).toBeGreaterThan(3.8);
    expect(threshold).toBeGreaterThan(3);
    expect(drifted).toBe(statistic > threshold! && drifted);
  });

  it("refuses a constant reference, NaN, and no rows", () => {
    expect(() => populationStabilityIndex([2, 2, 2], [1], few)).toThrow(
      "populationStabilityIndex: the reference must have different numbers; got 2 in all 3 rows",
    );
    expect(() => populationStabilityIndex([1, 2], [NaN], few)).toThrow(
      "populationStabilityIndex: current, row 1: must be a finite number; got NaN",
    );
    expect(() => populationStabilityIndex([1, 2], [], few)).toThrow("both samples must have rows; got 2 of the");
  });
});

type Test = (reference: number[], current: number[], options: DriftTestOptions) => DriftTest;

const tests: readonly (readonly [string, Test])[] = [
  ["levelDrift", levelDrift],
  ["kolmogorovSmirnovDrift", kolmogorovSmirnovDrift],
  ["wassersteinDrift", wassersteinDrift],
  ["jensenShannonDrift", jensenShannonDrift],
  ["populationStabilityIndex", populationStabilityIndex],
  [
    "chiSquareDrift",
    (reference, current, options) =>
      chiSquareDrift(
        reference.map((value) => Math.floor(2 * value)),
        current.map((value) => Math.floor(2 * value)),
        options,
      ),
  ],
];

/** Rows of batches that have a mean of their own. */
function inBatches(seed: number, batches: number, { rows = 20, between = 0.3, shift = 0, spread = 1 } = {}) {
  const next = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const means = Array.from({ length: batches }, () => shift + between * gauss());
  const batch = Array.from({ length: batches * rows }, (_, row) => Math.floor(row / rows));
  return { batch, values: batch.map((one) => means[one] + spread * gauss()) };
}

describe.each(tests)("%s", (name, test) => {
  const judged = (
    seed: number,
    {
      batches = 8,
      grouped = true,
      ...shape
    }: Parameters<typeof inBatches>[2] & { batches?: number; grouped?: boolean },
  ): DriftTest => {
    const [there, here] = [inBatches(seed, 40, { ...shape, shift: 0, spread: 1 }), inBatches(seed + 1, batches, shape)];
    const groups = { reference: there.batch, current: here.batch };
    return test(there.values, here.values, { random: seededRandom(seed), draws: 199, ...(grouped ? { groups } : {}) });
  };

  it("alarms at its 5 % with batches kept whole, and several times as often without", () => {
    const clustered = { rows: 40, between: 0.6 };
    let [kept, torn] = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      kept += judged(2 * seed, clustered).drifted ? 1 : 0;
      torn += judged(2 * seed, { ...clustered, grouped: false }).drifted ? 1 : 0;
    }
    // 3 of 60 expected; binomial 99.9 % quantile 9.
    expect(kept).toBeLessThanOrEqual(9);
    expect(torn).toBeGreaterThan(12);
  });

  it("finds a shift of two standard deviations of batches", () => {
    for (let seed = 0; seed < 5; seed++) expect(judged(100 + seed, { shift: 1 }).drifted).toBe(true);
  });

  it("gives back where it was, its threshold and method, and equal results for equal seeds", () => {
    const [one, other] = [judged(7, { shift: 1 }), judged(7, { shift: 1 })];
    expect(one).toEqual(other);
    expect(one).toMatchObject({ alpha: 0.05, unknown: null, drifted: true });
    expect(one.method).toContain("40 + 8 batches");
  });

  it("says how many batches are needed where no permutation could alarm", () => {
    const [there, here] = [inBatches(1, 10), inBatches(2, 1, { shift: 9 })];
    const options = { random, groups: { reference: there.batch, current: here.batch } };
    expect(test(there.values, here.values, options)).toMatchObject({
      pValue: null,
      threshold: null,
      drifted: false,
      unknown:
        "1 current batch against 10 cannot give a probability below 0.091, and 0.05 is asked for; " +
        "2 current batches are needed",
    });
  });

  it("refuses empty samples, NaN, and groups that do not fit", () => {
    expect(() => test([], [1], few)).toThrow(`${name}: both samples must have rows; got 0 of the reference and 1`);
    expect(() => test([1, 2], [NaN], few)).toThrow(`${name}: current, row 1: must be a`);
    expect(() => test([1, 2], [3], { ...few, groups: { reference: ["a"], current: ["b"] } })).toThrow(
      `${name}: groups.reference: every row must name its group; got 1 labels for 2 rows`,
    );
    expect(() => test([1, 2], [3], { ...few, groups: { reference: ["a", ""], current: ["b"] } })).toThrow(
      "got none in row 2; name the batch of every row",
    );
  });
});

describe("shape", () => {
  it("of a wider distribution is found by distances, and not by the level", () => {
    const [there, here] = [inBatches(1, 40), inBatches(2, 20, { spread: 2 })];
    const options = { random, draws: 199, groups: { reference: there.batch, current: here.batch } };
    for (const test of [kolmogorovSmirnovDrift, wassersteinDrift, jensenShannonDrift, populationStabilityIndex])
      expect(test(there.values, here.values, options).drifted).toBe(true);
    expect(levelDrift(there.values, here.values, options).drifted).toBe(false);
  });
});

describe("compareCounts", () => {
  it("passes to Fisher's exact test where rare levels leave one frequent level alone", () => {
    expect(compareCounts([100, 3], [200, 0])).toMatchObject({ method: "Fisher's exact test" });
    expect(compareCounts([100, 30], [200, 40]).method).toBe("chi-square law, 1 degrees of freedom");
  });
});

describe("pooledGroups", () => {
  it("thins larger batches to the median size of the other sample, and leaves batches of one size alone", () => {
    const labels = (batches: number, rows: number): number[] =>
      Array.from({ length: batches * rows }, (_, row) => Math.floor(row / rows));
    const sizes = { reference: 60, current: 12 };
    const where = "here";
    const groups = { reference: labels(6, 10), current: labels(4, 3) };
    const { thinnedTo, rows } = pooledGroups(sizes, { groups, random, where });
    expect([thinnedTo, rows.length]).toEqual([3, 6 * 3 + 12]);
    const equal = { reference: labels(6, 10), current: labels(1, 12) };
    expect(pooledGroups(sizes, { groups: equal, random, where })).toMatchObject({ thinnedTo: null, isByRow: false });
    expect(pooledGroups(sizes, { random, where })).toMatchObject({ isByRow: true, reference: 60, current: 12 });
  });

  it("counts all permutations where there are few: the probability is exact", () => {
    const groups = pooledGroups({ reference: 3, current: 2 }, { random, where: "here" });
    const sample = { codes: Uint32Array.of(0, 0, 0, 1, 1), cells: 2 };
    const { pValue } = cellTest(sample, groups, (_, here) => here[1], { random, alpha: 0.2 });
    expect(pValue).toBeCloseTo(1 / 10, 12);
  });
});

describe("tests of independent rows that go by a law", () => {
  it("levelDrift alarms at its 5 % where nearly all numbers are zero", () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      const own = seededRandom(seed);
      const draw = (rows: number) => Float64Array.from({ length: rows }, () => (own() < 0.0005 ? 1 + own() : 0));
      const [there, here] = [draw(5000), draw(100)];
      if (levelDrift(there, here, { random: own, draws: 199 }).drifted) alarms++;
    }
    // One other value in the window, which one of twenty has, was ten standard errors off.
    expect(alarms).toBeLessThanOrEqual(16);
    const once = new Float64Array(100);
    once[7] = 0.3;
    const { pValue } = levelDrift(new Float64Array(10_000), once, { random, draws: 20_000 });
    expect(pValue).toBeCloseTo(100 / 10_100, 12);
    // Both of two equal values in the window: the hypergeometric probability.
    once[8] = 0.3;
    const both = levelDrift(new Float64Array(2000), once, { random, draws: 20_000 }).pValue!;
    expect(both / ((100 * 99) / (2100 * 2099))).toBeCloseTo(1, 0);
  });

  const rowsOf = (rows: number, level: (row: number) => string) => Array.from({ length: rows }, (_, row) => level(row));

  it("chiSquareDrift finds a level that the reference never had, beside the others as they were", () => {
    const there = rowsOf(10_000, (row) => "abcde"[row % 5]);
    const half = rowsOf(100, (row) => (row % 2 === 1 ? "new" : "abcde"[(row / 2) % 5]));
    expect(chiSquareDrift(there, half, few)).toMatchObject({
      drifted: true,
      method: "chi-square law, 4 degrees of freedom; rare levels by Fisher's exact test",
    });
    const alike = rowsOf(100, (row) => "abcde"[row % 5]);
    expect(chiSquareDrift(there, alike, few).method).toBe("chi-square law, 4 degrees of freedom");
  });

  it("chiSquareDrift finds what moved among levels that are rare each, and permutes rows for it", () => {
    const there = rowsOf(10_000, (row) => `level ${row % 25}`);
    expect(
      chiSquareDrift(
        there,
        rowsOf(100, (row) => `level ${row % 2}`),
        few,
      ),
    ).toMatchObject({
      drifted: true,
      method: "permutation of 10000 + 100 rows",
    });
    expect(
      chiSquareDrift(
        there,
        rowsOf(100, (row) => `level ${row % 25}`),
        few,
      ).drifted,
    ).toBe(false);
    // Names of rows are in one sample or the other by nature.
    const names = (from: number) => rowsOf(150, (row) => `row ${from + row}`);
    expect(chiSquareDrift(names(0), names(150), few).pValue).toBe(1);
  });
});
