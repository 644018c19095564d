import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom, type Random } from "../../../src/core/random/Random.js";
import { conformalThreshold } from "../../../src/uncertainty/conformal/conformalThreshold.js";
import { againstLaw, coverageOverResplits } from "../../support/resplits.js";

// Without -0: two ways of sorting may put it on either side of 0, which it equals.
const someScore = fc.double({ min: -10, max: 10, noNaN: true }).map((score) => score + 0);
const someScores = fc.array(someScore, { minLength: 1, maxLength: 80 });
const someAlpha = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
const normal = (random: Random): number => boxMuller(1 - random(), random())[0];

describe("conformalThreshold", () => {
  it("is the score of rank ceil((n + 1)(1 - alpha)), and promises 1 - alpha to 1 - alpha + 1/(n + 1)", () => {
    const scores = Array.from({ length: 99 }, (_, i) => 99 - i);
    expect(conformalThreshold(scores, 0.1)).toEqual({
      value: 90,
      rows: 99,
      groups: 99,
      rank: 90,
      coverage: { atLeast: 0.9, atMost: expect.closeTo(0.91, 12) as number },
      reason: null,
    });
  });

  it("is null, with the number needed, exactly where n < 1/alpha - 1", () => {
    fc.assert(
      fc.property(someScores, someAlpha, (scores, alpha) => {
        const { value, reason } = conformalThreshold(scores, alpha);
        const enough = (scores.length + 1) * alpha >= 1 - 1e-9;
        expect(value !== null).toBe(enough);
        expect(reason === null).toBe(enough);
      }),
    );
    expect(conformalThreshold([1, 2, 3], 0.1).reason).toBe("alpha = 0.1 needs at least 9 calibration rows; got 3");
    expect(conformalThreshold([], 0.5)).toMatchObject({ value: null, rows: 0 });
  });

  it("grows as alpha falls, and does not care for the order of rows", () => {
    fc.assert(
      fc.property(someScores, someAlpha, someAlpha, (scores, a, b) => {
        const [loose, strict] = [Math.max(a, b), Math.min(a, b)].map(
          (alpha) => conformalThreshold(scores, alpha).value ?? Infinity,
        );
        expect(strict).toBeGreaterThanOrEqual(loose);
        expect(conformalThreshold(scores.toReversed(), a).value).toBe(conformalThreshold(scores, a).value);
      }),
    );
  });

  it("with groups of one row each is what it is without groups", () => {
    fc.assert(
      fc.property(someScores, someAlpha, (scores, alpha) => {
        expect(conformalThreshold(scores, alpha, { groups: scores.map((_, row) => row) }).value).toBe(
          conformalThreshold(scores, alpha).value,
        );
      }),
    );
  });

  it("with groups does not change when a group brings every row twice, and needs groups, not rows", () => {
    fc.assert(
      fc.property(someScores, someAlpha, (scores, alpha) => {
        const groups = scores.map((_, row) => row % 20);
        const first = (list: readonly number[]): number[] => list.filter((_, row) => groups[row] === 0);
        const twice = conformalThreshold([...scores, ...first(scores)], alpha, {
          groups: [...groups, ...first(groups)],
        });
        expect(twice.value).toBe(conformalThreshold(scores, alpha, { groups }).value);
      }),
    );
    const [scores, groups] = [Array.from({ length: 400 }, (_, i) => i), Array.from({ length: 400 }, (_, i) => i % 8)];
    expect(conformalThreshold(scores, 0.1, { groups })).toMatchObject({
      value: null,
      groups: 8,
      rank: null,
      reason: "alpha = 0.1 needs at least 9 calibration groups; got 8",
    });
  });

  it("covers a row of a new laboratory as promised when laboratories differ; rows taken as independent do not", () => {
    const random = seededRandom(11);
    // A laboratory's rows are alike: few laboratories with many rows hide how much laboratories differ.
    const laboratory = (rows: number): number[] => {
      const scale = Math.exp(normal(random));
      return Array.from({ length: rows }, () => scale * Math.abs(normal(random)));
    };
    const [trials, alpha] = [3000, 0.2];
    const hits = { grouped: 0, pooled: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const seen = Array.from({ length: 6 }, (_, i) => laboratory(i < 3 ? 2 : 30));
      const groups = seen.flatMap((rows, i) => rows.map(() => i));
      const fresh = laboratory(1)[0];
      if (fresh <= conformalThreshold(seen.flat(), alpha, { groups }).value!) hits.grouped++;
      if (fresh <= conformalThreshold(seen.flat(), alpha).value!) hits.pooled++;
    }
    const { atLeast, atMost } = conformalThreshold([1, 2, 3, 4, 5, 6], alpha, { groups: [0, 1, 2, 3, 4, 5] }).coverage;
    const error = Math.sqrt((alpha * (1 - alpha)) / trials);
    expect(hits.grouped / trials).toBeGreaterThan(atLeast - 3 * error);
    expect(hits.grouped / trials).toBeLessThan(atMost);
    expect(hits.pooled / trials).toBeLessThan(1 - alpha - 3 * error);
  });

  it("refuses alpha outside (0, 1), NaN and groups that do not fit", () => {
    for (const alpha of [0, 1, NaN, 1.5])
      expect(() => conformalThreshold([1], alpha)).toThrow(
        "conformalThreshold: alpha, the share of rows that may be missed, must lie between 0 and 1",
      );
    expect(() => conformalThreshold([1, NaN], 0.5)).toThrow("row 1 has NaN");
    expect(() => conformalThreshold([1, 2], 0.5, { groups: ["a"] })).toThrow("got 1 for 2 rows");
  });
});

describe("coverage over 200 splits of a pool", () => {
  const random = seededRandom(5);
  const shares =
    (threshold: (scores: number[]) => number, { onTest = false } = {}) =>
    (n: number, testRows: number): number[] => {
      const pool = Float64Array.from({ length: n + testRows }, () => normal(random));
      return coverageOverResplits(pool.length, n, 200, random.fork(n), (calibrate, test) => {
        const value = threshold(Array.from(onTest ? test : calibrate, (row) => pool[row]));
        return test.filter((row) => pool[row] <= value).length / test.length;
      });
    };

  it.each([
    [20, 0.1],
    [100, 0.05],
    [100, 0.1],
    [100, 0.3],
    [50, 0.5],
  ])("follows the beta-binomial law in mean and spread: n = %i, alpha = %f", (n, alpha) => {
    const seen = againstLaw(shares((scores) => conformalThreshold(scores, alpha).value!)(n, 400), n, alpha, 400);
    expect(Math.abs(seen.meanInErrors)).toBeLessThan(3.5);
    // The standard deviation of 200 is itself uncertain by 5 %.
    expect(seen.spreadRatio).toBeGreaterThan(0.8);
    expect(seen.spreadRatio).toBeLessThan(1.2);
    expect(seen.within).toBeGreaterThan(0.84);
  });

  it("falls out of it when the plain quantile is taken for the (n + 1) one (planted)", () => {
    const plain = (scores: number[]): number => scores.sort((a, b) => a - b)[Math.ceil(scores.length * 0.9) - 1];
    expect(againstLaw(shares(plain)(20, 400), 20, 0.1, 400).meanInErrors).toBeLessThan(-6);
  });

  it("falls out of it when the rows tested are those calibrated on: it hardly varies (planted)", () => {
    const seen = againstLaw(
      shares((scores) => conformalThreshold(scores, 0.1).value!, { onTest: true })(100, 400),
      100,
      0.1,
      400,
    );
    expect(seen.spreadRatio).toBeLessThan(0.1);
  });

  it("refuses rows whose group is an empty text, which would all be taken for one group", () => {
    expect(() => conformalThreshold([1, 2, 3], 0.5, { groups: ["a", "", ""] })).toThrow(
      "conformalThreshold: every row must have a group; row 1 has an empty text; " +
        "leave such rows out, or give each a name of its own",
    );
  });
});
