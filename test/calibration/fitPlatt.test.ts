import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import { fitPlatt } from "../../src/calibration/fitPlatt.js";
import { logOdds } from "../../src/calibration/logProbability.js";
import { plattSigmoid } from "../../src/calibration/plattSigmoid.js";
import golden from "../golden/b_calibrators.json" with { type: "json" };

const { platt, platt_separable } = golden.cases;

describe("plattSigmoid", () => {
  it("agrees with the golden sigmoid", () => {
    const { a, b } = plattSigmoid(platt.input.y, platt.input.score);
    expect(Math.abs(a - platt.expected.exact.a)).toBeLessThan(1e-9);
    expect(Math.abs(b - platt.expected.exact.b)).toBeLessThan(1e-9);
    expect(Math.abs(a - platt.expected.sklearn_bfgs.a)).toBeLessThan(1e-4);
    platt.expected.p_at.s.forEach((score, i) =>
      expect(1 / (1 + Math.exp(a * score + b))).toBeCloseTo(platt.expected.p_at.p[i], 9),
    );
  });

  it("is finite where events separate", () => {
    const { a, b } = plattSigmoid(platt_separable.input.y, platt_separable.input.score);
    expect(Math.abs(a - platt_separable.expected.a)).toBeLessThan(1e-8);
    expect(Math.abs(b - platt_separable.expected.b)).toBeLessThan(1e-8);
  });

  it.each([
    [0, 1e-300],
    [0, 1e6],
    [0, 1e8],
    [0, 1e300],
    [1e6, 1],
    [-1e9, 1],
    [1e4, 1e-3],
  ])(
    "gives the same curve for scores of another origin and unit: %d + %d · score (it gave 0.5 for all)",
    (at, unit) => {
      const { y, score } = platt.input;
      const moved = score.map((one) => at + unit * one);
      const [{ a, b }, found] = [plattSigmoid(y, score), plattSigmoid(y, moved)];
      // What rounding took from moved scores, their curve cannot know.
      const lost = (Math.abs(at) / unit) * 1e-14;
      moved.forEach((one, row) =>
        expect(
          Math.abs(1 / (1 + Math.exp(found.a * one + found.b)) - 1 / (1 + Math.exp(a * score[row] + b))),
        ).toBeLessThan(1e-9 + lost),
      );
    },
  );

  it("gives the smoothed share of events where all scores are equal", () => {
    const { a, b } = plattSigmoid([0, 0, 1], [0.1, 0.1, 0.1]);
    expect(a).toBe(0);
    // Targets are 2/3 for the event and 1/4 for the two without.
    expect(1 / (1 + Math.exp(b))).toBeCloseTo((2 / 3 + 2 / 4) / 3, 12);
  });

  it("refuses scores that lie too near to each other for a finite slope", () => {
    expect(() => plattSigmoid([0, 1, 0, 1], [0, 5e-324, 0, 5e-324])).toThrow("multiply them by a constant");
  });

  it("refuses events that are all alike and scores that are not finite", () => {
    expect(() => plattSigmoid([1, 1], [0, 1])).toThrow("got weight 2 of events and 0 of others");
    expect(() => plattSigmoid([0, 1], [0, Infinity])).toThrow("row 1 has Infinity");
  });
});

/** Of the first class: mostly right, and every twentieth row exactly 0. */
function firstProbability(row: number): number {
  if (row % 20 === 15) return 0;
  return row % 10 < 5 ? 0.8 : 0.2;
}

describe("fitPlatt", () => {
  it("sees through probabilities of 0 among others (they once kept the fit at its start, the base rates)", () => {
    const n = 400;
    const labels = Uint8Array.from({ length: n }, (_, row) => Number(row % 10 < 5 ? row % 10 === 0 : row % 10 !== 9));
    const probabilities = Float64Array.from(
      { length: 2 * n },
      (_, i) => [firstProbability(Math.floor(i / 2)), 1 - firstProbability(Math.floor(i / 2))][i % 2],
    );
    const [first] = fitPlatt(labels, probabilities).curves;
    expect(first!.a).toBeLessThan(-0.1);
  });

  it("is the sigmoid of the log odds for two classes, whose curves mirror each other", () => {
    const probabilities = platt.input.score.flatMap((score) => [1 / (1 + Math.exp(score)), 1 / (1 + Math.exp(-score))]);
    const calibrated = calibrate(fitPlatt(platt.input.y, probabilities), probabilities);
    const { a, b } = platt.expected.exact;
    platt.input.score.forEach((score, row) =>
      expect(calibrated[2 * row + 1]).toBeCloseTo(1 / (1 + Math.exp(a * score + b)), 8),
    );
  });

  it("takes log odds of 0 and 1 as those of 1e-15", () => {
    expect(logOdds(0)).toBeCloseTo(-15 * Math.LN10, 12);
    expect(logOdds(1)).toBeCloseTo(15 * Math.LN10, 12);
  });
});
