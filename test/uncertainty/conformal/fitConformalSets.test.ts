import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { fitConformalSets } from "../../../src/uncertainty/conformal/fitConformalSets.js";

const rows = 20;
const probabilities = Array.from({ length: rows }, (_, row) => [0.5 + row / 50, 0.4 - row / 50, 0.1]).flat();
const labels: readonly number[] = Array.from({ length: rows }, (_, row) => (row % 5 === 4 ? 1 : 0));

describe("fitConformalSets", () => {
  it("says for each class how many rows it rests on, also where there are none", () => {
    const { thresholds } = fitConformalSets(probabilities, labels, { alpha: 0.1, strata: "class" });
    expect(thresholds.map(({ stratum, rows, rank }) => [stratum, rows, rank])).toEqual([
      [0, 16, 16],
      [1, 4, 5],
      [2, 0, 1],
    ]);
    expect(thresholds.map(({ reason }) => reason)).toEqual([
      null,
      "alpha = 0.1 needs at least 9 calibration rows; got 4",
      "alpha = 0.1 needs at least 9 calibration rows; got 0",
    ]);
    expect(thresholds[0].coverage).toEqual({ atLeast: 0.9, atMost: expect.closeTo(0.9 + 1 / 17, 12) as number });
  });

  it("is plain data: it comes back from JSON as it was", () => {
    for (const options of [
      {},
      { strata: "class" as const },
      { score: "raps" as const },
      { groups: labels.map((_, row) => row % 10) },
    ]) {
      const fitted = fitConformalSets(probabilities, labels, { alpha: 0.1, ...options });
      expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    }
  });

  it("refuses what is no alpha, probability, label, stratum, group or rule, naming the row", () => {
    const fit =
      (
        options: Partial<Parameters<typeof fitConformalSets>[2]>,
        given: readonly number[] = probabilities,
        codes: readonly number[] = labels,
      ): (() => unknown) =>
      () =>
        fitConformalSets(given, codes, { alpha: 0.1, ...options });
    for (const alpha of [0, 1, NaN, 90]) expect(fit({ alpha })).toThrow(`must lie between 0 and 1; got ${alpha}`);
    expect(fit({}, probabilities.with(4, 0.9))).toThrow("row 1 sums to");
    expect(fit({}, probabilities.with(4, NaN))).toThrow("row 1, class 1 has NaN");
    expect(fit({}, [], [])).toThrow("got 0 for 0 rows");
    expect(fit({}, probabilities, labels.with(3, 3))).toThrow("row 3 has 3");
    expect(fit({ strata: ["a"] })).toThrow("one stratum per row is needed; got 1 for 20 rows");
    expect(fit({ groups: ["a"] })).toThrow("one group per score is needed; got 1 for 20 rows");
    expect(fit({ score: "raps", penalty: -1 })).toThrow("got -1 and 1");
    expect(fit({}, new Array<number>(33).fill(1 / 33), [0])).toThrow("32 bits; got 33 classes");
    for (const score of ["lac", "topK"] as const)
      expect(() => fitConformalSets(probabilities, labels, { alpha: 0.1, score }, seededRandom(1))).toThrow(
        `got "${score}" with a random stream; leave the stream out`,
      );
  });
});
