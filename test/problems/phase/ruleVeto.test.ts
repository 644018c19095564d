import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { ruleVeto } from "../../../src/problems/phase/ruleVeto.js";

const random = seededRandom(6).fork("rule veto");
const classes = phaseNames.length;
const n = 4000;
const groups = Array.from({ length: n }, (_, row) => row >> 4);
const draw = seededRandom(7);
/** How sure the model is of phase 0, from 0.5 to 1; it is right as often as it says. */
const certainty = Float64Array.from({ length: n }, () => 0.5 + draw() / 2);
const labels = Array.from(certainty, (sure) => Number(draw() >= sure));
const probabilities = new Float64Array(n * classes);
certainty.forEach((sure, row) => probabilities.set([sure, 1 - sure], row * classes));
/** Contradicts a share of the answers that are wrong, and of those that are right. */
const rule = (ofWrong: number, ofRight: number): Uint8Array => {
  const own = seededRandom(8);
  return Uint8Array.from(labels, (label) => Number(own() < (label === 1 ? ofWrong : ofRight)));
};

describe("ruleVeto", () => {
  it("recommends the rows that reach the threshold, and counts what of them is wrong", () => {
    const { rows, share, risk, threshold } = ruleVeto(
      labels,
      probabilities,
      { contradicted: rule(0, 0), groups },
      random,
    );
    const reached = Array.from(certainty.keys()).filter((row) => certainty[row] >= 0.8);
    expect([rows, threshold]).toEqual([n, 0.8]);
    expect(share.value).toBeCloseTo(reached.length / n, 12);
    expect(risk.value).toBeCloseTo(reached.filter((row) => labels[row] === 1).length / reached.length, 12);
    expect(risk.interval.method).toContain("batch");
  });

  it("says that the veto of a rule that finds errors helps", () => {
    const veto = ruleVeto(labels, probabilities, { contradicted: rule(0.6, 0.01), groups }, random);
    expect(veto.helps).toBe(true);
    expect(veto.difference.interval.high).toBeLessThan(0);
    expect(veto.vetoedRisk.value - veto.risk.value).toBeCloseTo(veto.difference.value, 12);
    expect(veto.contradictedRisk).toBeGreaterThan(0.5);
  });

  it("does not praise a veto that only makes for fewer recommendations: the share is held equal (planted)", () => {
    const blind = ruleVeto(labels, probabilities, { contradicted: rule(0.5, 0.5), groups }, random, { threshold: 0.9 });
    expect(blind.contradicted.value).toBeGreaterThan(0.4);
    expect(blind.helps).toBe(false);
    // Less sure rows take the place of those vetoed.
    expect(blind.vetoedRisk.value).toBeGreaterThan(blind.risk.value);
  });

  it("finds no difference where no rule contradicts what is recommended", () => {
    const { difference, contradicted, contradictedRisk, helps } = ruleVeto(
      labels,
      probabilities,
      { contradicted: rule(0, 0), groups },
      random,
    );
    expect([difference.value, difference.interval.low, difference.interval.high]).toEqual([0, 0, 0]);
    expect([contradicted.value, contradictedRisk, helps]).toEqual([0, null, false]);
  });

  it("refuses a threshold that nothing reaches, vetoes that leave too few rows, and lengths that differ", () => {
    const judge = (contradicted: ArrayLike<number>, threshold?: number): unknown =>
      ruleVeto(labels, probabilities, { contradicted, groups }, random, { threshold });
    expect(() => judge(rule(0, 0), 1)).toThrow("got 0 rows that reach 1");
    expect(() => judge(rule(1, 1))).toThrow("0 that are not vetoed");
    expect(() => judge([])).toThrow("got 4000, 0 and 4000 for 4000");
  });
});
