import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { fitDomainCheck } from "../../../src/uncertainty/domain/fitDomainCheck.js";
import { normal } from "../../training/tasks.js";

/** Two scores that go together, as distance and disagreement do. */
function twoScores(rows: number, seed: number, shift = 0): Float64Array[] {
  const random = seededRandom(seed);
  const first = Float64Array.from({ length: rows }, () => shift + normal(random));
  return [first, first.map((score) => 0.7 * score + 0.3 * shift + 0.7 * normal(random))];
}

describe("fitDomainCheck", () => {
  it("calls fresh rows of the domain outside at the stated rate, with one score and with two", () => {
    for (const scores of [1, 2]) {
      let alarms = 0;
      for (let draw = 0; draw < 200; draw++) {
        const { inDomain } = fitDomainCheck(twoScores(79, 1000 + draw).slice(0, scores), { falseAlarm: 0.1 })(
          twoScores(50, 5000 + draw).slice(0, scores),
        );
        alarms += inDomain.filter((inside) => inside === 0).length / 10_000;
      }
      // Standard error: of 200 calibrations √(0.1 · 0.9 / 80 / 200) = 0.0024, of 10,000 rows 0.003.
      expect(alarms).toBeLessThan(0.112);
      expect(alarms).toBeGreaterThan(0.085);
    }
  });

  it("sees rows from elsewhere", () => {
    const { inDomain, pValues } = fitDomainCheck(twoScores(500, 1))(twoScores(200, 2, 4));
    expect(inDomain.filter((inside) => inside === 0).length).toBeGreaterThan(180);
    expect(Math.min(...pValues)).toBeGreaterThanOrEqual(1 / 501);
  });

  it("of one score gives the share of calibrate rows at least as high, the row itself included", () => {
    const check = fitDomainCheck([[3, 1, 2]], { falseAlarm: 0.25 });
    expect(check([[0, 2, 2.5, 9]])).toEqual({
      pValues: Float64Array.of(1, 0.75, 0.5, 0.25),
      inDomain: Uint8Array.of(1, 1, 1, 0),
    });
  });

  it("agrees with a plain count over all rows and the new one", () => {
    const calibrate = twoScores(30, 3).map((scores) => scores.map((score) => Math.round(2 * score)));
    const fresh = twoScores(20, 4).map((scores) => scores.map((score) => Math.round(2 * score)));
    const { pValues } = fitDomainCheck(calibrate)(fresh);
    pValues.forEach((p, row) => {
      const all = calibrate.map((scores, s) => [...scores, fresh[s][row]]);
      const strangeness = all[0].map((_, i) =>
        Math.min(...all.map((scores) => scores.filter((other) => other >= scores[i]).length)),
      );
      expect(p).toBeCloseTo(strangeness.filter((one) => one <= strangeness[30]).length / 31, 12);
    });
  });

  it("refuses too few calibrate rows for the rate, no scores, and NaN", () => {
    expect(() => fitDomainCheck([[]])).toThrow("at least 19 calibrate rows; got 0");
    expect(() => fitDomainCheck([[1, 2, 3]])).toThrow("at least 19 calibrate rows; got 3");
    expect(() => fitDomainCheck([])).toThrow("at least one score");
    expect(() => fitDomainCheck([[1, NaN]])).toThrow("score 0, row 1 has NaN");
    expect(() => fitDomainCheck([[1]], { falseAlarm: 1 })).toThrow("between 0 and 1; got 1");
    expect(() => fitDomainCheck([[1, 2, 3]], { falseAlarm: 0.25 })([[1], [2]])).toThrow("the 1 scores of calibration");
  });
});
