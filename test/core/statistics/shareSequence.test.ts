import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logBeta, logGamma } from "../../../src/core/statistics/logGamma.js";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { shareSequence } from "../../../src/core/statistics/shareSequence.js";

describe("shareSequence", () => {
  it("holds the share at all looks together in at least the promised part of streams", () => {
    for (const share of [0.02, 0.14, 0.5]) {
      const streams = 200;
      let missed = 0;
      for (let stream = 0; stream < streams; stream++) {
        const random = seededRandom(12).fork(`${share}`).fork(stream);
        let [hits, isMissed] = [0, false];
        for (let n = 1; n <= 400; n++) {
          hits += random() < share ? 1 : 0;
          const { low, high } = shareSequence(hits, n, { level: 0.9 });
          isMissed ||= share < low || share > high;
        }
        missed += isMissed ? 1 : 0;
      }
      expect(missed / streams).toBeLessThanOrEqual(0.1);
    }
  });

  it("ends where the mixture of likelihoods is 1 / (1 - level) times that of the share (closed form)", () => {
    const { low, high } = shareSequence(3, 20, { level: 0.95 });
    for (const share of [low, high])
      expect(logBeta([3.5, 17.5]) - logBeta([0.5, 0.5]) - 3 * Math.log(share) - 17 * Math.log(1 - share)).toBeCloseTo(
        Math.log(20),
        9,
      );
  });

  it("holds the interval of one fixed look, and turns over with hits and misses", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const hits = Math.round(part * trials);
        const [sequence, fixed] = [shareSequence(hits, trials), clopperPearson(hits, trials)];
        expect(sequence.low).toBeLessThanOrEqual(fixed.low + 1e-9);
        expect(sequence.high).toBeGreaterThanOrEqual(fixed.high - 1e-9);
        expect(shareSequence(trials - hits, trials).low).toBeCloseTo(1 - sequence.high, 12);
      }),
    );
  });

  it("is [0, 1] without rows, and refuses counts and levels that are none", () => {
    expect(shareSequence(0, 0)).toMatchObject({ low: 0, high: 1, level: 0.95 });
    expect(shareSequence(0, 9).low).toBe(0);
    expect(shareSequence(9, 9).high).toBe(1);
    expect(() => shareSequence(2, 1)).toThrow("got 2 of 1");
    expect(() => shareSequence(NaN, 1)).toThrow("got NaN of 1");
    expect(() => shareSequence(1, 1, { level: 1 })).toThrow("the level must lie in (0, 1)");
  });
});

it("logGamma has factorials, the half and the recurrence", () => {
  for (let n = 1, factorial = 1; n <= 20; factorial *= n, n++) expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  for (const x of [1e-3, 0.3, 4.7, 12.5, 1e5])
    expect(Math.abs((logGamma(x + 1) - logGamma(x) - Math.log(x)) / (1 + Math.abs(logGamma(x))))).toBeLessThan(1e-13);
});
