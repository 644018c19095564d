import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchEvidence } from "../../../src/monitoring/streams/batchEvidence.js";
import { logitOfMean } from "../../../src/core/statistics/logitOfMean.js";
import { averageOver, sigmoid } from "../../support/averageOver.js";

const rows = 60;
const bits = (errors: number): number[] => Array.from({ length: rows }, (_, row) => (row < errors ? 1 : 0));
const alike = (share: number): number[] => new Array<number>(rows).fill(share);

/** Probability of so many errors in a batch whose errors have that share on average. */
function countLaw(share: number, spread: number): number[] {
  const logit = logitOfMean(share, spread);
  let choices = 1;
  return Array.from({ length: rows + 1 }, (_, errors) => {
    if (errors > 0) choices *= (rows - errors + 1) / errors;
    return averageOver(
      (u) => choices * sigmoid(logit + u) ** errors * (1 - sigmoid(logit + u)) ** (rows - errors),
      spread,
    );
  });
}

const meanEvidence = (estimate: number, oddsRatio: number, allowed: number, share: number, spread: number): number =>
  countLaw(share, spread).reduce(
    (sum, probability, errors) =>
      sum + probability * Math.exp(batchEvidence(alike(estimate), bits(errors), { oddsRatio, batchSpread: allowed })),
    0,
  );

describe("batchEvidence", () => {
  it("without a spread is the log likelihood ratio of two error shares (closed form)", () => {
    const oddsRatio = 0.19 / 0.81 / (0.14 / 0.86);
    const expected = 12 * Math.log(0.19 / 0.14) + 48 * Math.log(0.81 / 0.86);
    expect(batchEvidence(alike(0.14), bits(12), { oddsRatio, batchSpread: 0 })).toBeCloseTo(expected, 10);
  });

  it("with a spread is the ratio of two integrals, of rows that differ, too (closed form)", () => {
    const estimates = [0.02, 0.14, 0.5, 0.14, 0.9];
    const errors = [0, 1, 1, 0, 1];
    const [oddsRatio, batchSpread] = [1.6, 0.5];
    const likelihood = (shift: number): number =>
      averageOver(
        (u) =>
          estimates.reduce((product, estimate, row) => {
            const share = sigmoid(logitOfMean(estimate, batchSpread) + shift + u);
            return product * (errors[row] === 1 ? share : 1 - share);
          }, 1),
        batchSpread,
      );
    expect(batchEvidence(estimates, errors, { oddsRatio, batchSpread })).toBeCloseTo(
      Math.log(likelihood(Math.log(oddsRatio)) / likelihood(0)),
      9,
    );
  });

  it("is 1 on average where errors come as estimated, with the spread allowed for", () => {
    for (const [estimate, spread] of [
      [0.14, 0.2],
      [0.5, 0.3],
      [0.03, 0],
    ])
      expect(meanEvidence(estimate, 1.44, spread, estimate, spread)).toBeCloseTo(1, 6);
  });

  it("is at most 1 on average with fewer errors or less spread than allowed for", () => {
    for (const allowed of [0.2, 0.4])
      for (const estimate of [0.05, 0.14, 0.4])
        for (const share of [estimate, 0.8 * estimate])
          for (const spread of [0, allowed / 2, allowed])
            expect(meanEvidence(estimate, 1.44, allowed, share, spread)).toBeLessThan(1 + 1e-8);
  });

  it("exceeds 1 on average where the spread is not allowed for (planted)", () => {
    expect(meanEvidence(0.14, 1.44, 0, 0.14, 0.4)).toBeGreaterThan(1.1);
  });

  it("does not depend on the order of rows, and grows with each error", () => {
    const row = fc.tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (all) => {
        const of = (some: readonly (readonly [number, number])[]): number =>
          batchEvidence(
            some.map(([estimate]) => estimate),
            some.map(([, error]) => error),
            { oddsRatio: 1.5, batchSpread: 0.2 },
          );
        expect(of(all.slice().reverse())).toBeCloseTo(of(all), 8);
        const [[first], ...others] = all;
        expect(of([[first, 1], ...others])).toBeGreaterThan(of([[first, 0], ...others]));
      }),
      { numRuns: 50 },
    );
  });
});
