import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { scoreUncertainty } from "../../src/scorecard/scoreUncertainty.js";
import { exhibit, passingExhibits } from "./exhibits.js";

/** Accuracy whose lower end lies `clearance` standard deviations above the threshold, with the checks it needs. */
const accuracy = (clearance: number, file = "04-a") => {
  const [spread, z] = [0.01, 1.959963984540054];
  const low = 0.85 + clearance * spread;
  return [
    exhibit(
      {
        id: "MP1.accuracy",
        value: low + z * spread,
        interval: { low, high: low + 2 * z * spread, level: 0.95, method: "Wilson" },
        n: 9000,
        unit: "share",
      },
      { file },
    ),
    exhibit({ id: "DQ5.ceilingsWithInterval", value: 1 }),
  ];
};

describe("scoreUncertainty", () => {
  it.each([
    [-1, 0.1587],
    [0, 0.5],
    [1, 0.8413],
    [1.645, 0.95],
  ])(
    "passes a check whose bound clears the threshold by %d standard deviations in a share of %d of the draws",
    (clearance, share) => {
      const { passing } = scoreUncertainty(rubric, accuracy(clearance), seededRandom(7), { draws: 4000 });
      // Five standard errors of a share of 4000 draws.
      expect(Math.abs(passing[0].share - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / 4000));
    },
  );

  it("of facts and counts alone is no range at all, and only measurements with an interval are drawn again", () => {
    const facts = [exhibit({ id: "DQ7.share", value: 1 }), exhibit({ id: "MP1.accuracy", value: 0.9 })];
    const { low } = computeScorecard(rubric, facts);
    expect(scoreUncertainty(rubric, facts, seededRandom(1))).toEqual({
      from: low,
      to: low,
      draws: 1000,
      resampled: [],
      passing: [],
    });
    expect(scoreUncertainty(rubric, accuracy(0), seededRandom(1), { draws: 10 }).resampled).toEqual(["MP1.accuracy"]);
  });

  it("spans the points that the draws win and lose: the check's own, with an even chance", () => {
    const { from, to } = scoreUncertainty(rubric, accuracy(0), seededRandom(1));
    expect([from, to]).toEqual([2.5, 2.5 + 3.75]);
  });

  it("is the same for the same seed, in whatever order the evidence comes, and other for another seed", () => {
    const all = passingExhibits(0.005).map((one, i) => ({ ...one, file: `0${i % 5}-file` }));
    const first = scoreUncertainty(rubric, all, seededRandom(1), { draws: 100 });
    expect(scoreUncertainty(rubric, [...all].reverse(), seededRandom(1), { draws: 100 })).toEqual(first);
    expect(scoreUncertainty(rubric, all, seededRandom(2), { draws: 100 }).passing).not.toEqual(first.passing);
  });

  it("gives these numbers, as when every draw was judged from the start, with words", () => {
    const { from, to, passing } = scoreUncertainty(
      rubric,
      passingExhibits(0.005).map((one, i) => ({ ...one, file: `0${i % 5}-file` })),
      seededRandom(1),
      { draws: 200 },
    );
    expect([from, to]).toEqual([85.75, 100]);
    expect(passing.map(({ share }) => share)).toEqual([
      0.98, 0.98, 0.96, 0.98, 0.965, 0.97, 0.96, 0.93, 0.96, 0.98, 0.97, 0.98, 0.97, 0.94, 0.955, 0.94, 0.98, 0.96,
    ]);
  });

  it("moves the measurements of one file together, and those of two files apart", () => {
    const pair = (files: readonly [string, string]) => {
      const wide = { level: 0.95, method: "bootstrap" };
      const recalls = [
        exhibit(
          { id: "MP3.worstClassRecall", value: 0.65, interval: { ...wide, low: 0.6, high: 0.7 } },
          { file: files[0] },
        ),
        exhibit(
          { id: "MP3.worstMajorRecall", value: 0.95, interval: { ...wide, low: 0.9, high: 1 } },
          { file: files[1] },
        ),
      ];
      return scoreUncertainty(rubric, recalls, seededRandom(3), { draws: 2000 }).passing[0].share;
    };
    expect(Math.abs(pair(["a", "a"]) - 0.5)).toBeLessThan(0.06);
    expect(Math.abs(pair(["a", "b"]) - 0.25)).toBeLessThan(0.06);
  });

  it("lies within the scores that the rubric can give, and refuses no draws", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0.001, max: 0.2, noNaN: true }), (seed, margin) => {
        const { from, to } = scoreUncertainty(rubric, passingExhibits(margin), seededRandom(seed), { draws: 20 });
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(100 + 1e-9);
        expect(from).toBeLessThanOrEqual(to);
      }),
      { numRuns: 20 },
    );
    expect(() => scoreUncertainty(rubric, [], seededRandom(1), { draws: 0 })).toThrow(
      "draws must be a whole number of at least 2; got 0",
    );
  });
});
