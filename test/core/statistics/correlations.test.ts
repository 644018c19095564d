import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../../src/core/random/Random.js";
import { explainedInterval } from "../../../src/core/statistics/explainedInterval.js";
import { kendallCorrelation } from "../../../src/core/statistics/kendallCorrelation.js";
import { pearsonCorrelation } from "../../../src/core/statistics/pearsonCorrelation.js";
import { spearmanCorrelation } from "../../../src/core/statistics/spearmanCorrelation.js";

const normal = (random: Random): number => boxMuller(1 - random(), random())[0];

describe("correlations", () => {
  it("of ranks do not change where a column is stretched, and turn their sign with it", () => {
    const [first, second] = [
      [1, 5, 2, 8, 9, 3],
      [2, 4, 1, 9, 7, 3],
    ];
    const { value } = spearmanCorrelation(first, second);
    expect(spearmanCorrelation(first.map(Math.exp), second).value).toBeCloseTo(value!, 12);
    expect(
      spearmanCorrelation(
        first.map((one) => -one),
        second,
      ).value,
    ).toBeCloseTo(-value!, 12);
    expect(kendallCorrelation(first.map(Math.exp), second)).toEqual(kendallCorrelation(first, second));
  });

  it("have no value where a column does not vary, and no interval where they are perfect", () => {
    for (const of of [pearsonCorrelation, spearmanCorrelation]) {
      expect(of([1, 1, 1, 1], [1, 2, 3, 4])).toMatchObject({
        value: null,
        interval: null,
        pValue: null,
        reason: "a column that does not vary goes with none",
      });
      expect(of([1, 2, 3, 4], [1, 2, 3, 4])).toMatchObject({ value: 1, interval: null, pValue: 0 });
      expect(() => of([1, 2, 3], [1, 2, 3])).toThrow("at least 4 numbers are needed; got 3");
      expect(() => of([1, 2, 3, Infinity], [1, 2, 3, 4])).toThrow("row 3: every number must be finite; got Infinity");
    }
    expect(kendallCorrelation([1, 1, 1], [1, 2, 3])).toEqual({ value: null, pValue: null, n: 3 });
  });

  it("keep to rows as said where rows come in groups: the interval by row covers far too seldom", () => {
    let [byGroup, byRow] = [0, 0];
    const samples = 200;
    for (let sample = 0; sample < samples; sample++) {
      const random = seededRandom(11).fork(sample);
      const papers = Array.from({ length: 60 }, (_, row) => `paper ${row % 10}`);
      // Both columns are their paper's, and have nothing to do with each other.
      const [a, b] = [0, 1].map(() => Array.from({ length: 10 }, () => normal(random)));
      const [first, second] = [a, b].map((own) => papers.map((_, row) => own[row % 10] + 0.3 * normal(random)));
      const grouped = spearmanCorrelation(first, second, {
        groups: papers,
        random: random.fork("draws"),
        unit: "paper",
      });
      expect(grouped.pValue).toBeNull();
      const rows = spearmanCorrelation(first, second);
      byGroup += Number(grouped.interval!.low <= 0 && 0 <= grouped.interval!.high);
      byRow += Number(rows.interval!.low <= 0 && 0 <= rows.interval!.high);
    }
    expect(byGroup / samples).toBeGreaterThan(0.88);
    expect(byRow / samples).toBeLessThan(0.7);
  });

  it("say why there is none over one group, and ask for a random where groups are given", () => {
    const [first, second] = [
      [1, 2, 3, 4],
      [1, 3, 2, 4],
    ];
    const alone = spearmanCorrelation(first, second, { groups: ["a", "a", "a", "a"], random: seededRandom(1) });
    expect(alone).toMatchObject({ interval: null, reason: expect.stringContaining("at least 2 groups") as string });
    expect(() => spearmanCorrelation(first, second, { groups: ["a", "a", "b", "b"] })).toThrow("give seededRandom");
    expect(() => spearmanCorrelation(first, second, { groups: ["a"], random: seededRandom(1) })).toThrow(
      "one group per row is needed; got 1 for 4",
    );
  });

  it("explainedInterval refuses what is no R²", () => {
    expect(() => explainedInterval(-0.2, { rows: 30 })).toThrow("R² must lie in [0, 1]");
    expect(() => explainedInterval(0.2, { rows: 2 })).toThrow("got 0.2 of 2 rows and 1 terms");
  });
});
