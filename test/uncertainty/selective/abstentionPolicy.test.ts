import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { abstentionPolicy, answeredRows } from "../../../src/uncertainty/selective/abstentionPolicy.js";

/**
 * Errors come with a chance of half the uncertainty, which is uniform: answering up to t has risk t/4 and coverage t.
 */
function draw(rows: number, seed: number): readonly [Uint8Array, Float64Array] {
  const random = seededRandom(seed);
  const uncertainty = Float64Array.from({ length: rows }, () => random());
  return [Uint8Array.from(uncertainty, (chance) => Number(random() < chance / 2)), uncertainty];
}

/** The first that breaks a risk of 0.1, at 0.41, does so by little: the hardest case. */
const thresholds = Array.from({ length: 17 }, (_, i) => 0.16 + 0.05 * i);

describe("abstentionPolicy", () => {
  it("chooses a threshold of too high a risk in at most 5 of 100 draws; its coverage lies in its interval", () => {
    let [broken, missed, used] = [0, 0, 0];
    const draws = 400;
    for (let seed = 0; seed < draws; seed++) {
      const { threshold, riskBound, coverageInterval } = abstentionPolicy(...draw(1000, seed), thresholds, {
        risk: 0.1,
      });
      if (threshold === null) continue;
      used += threshold / draws;
      expect(riskBound!.high).toBeLessThanOrEqual(0.1);
      if (threshold / 4 > 0.1) broken++;
      if (threshold < coverageInterval.low || threshold > coverageInterval.high) missed++;
    }
    // Binomial: 0.05 · 400 = 20 with deviation 4.4.
    expect(broken).toBeLessThanOrEqual(30);
    expect(missed).toBeLessThanOrEqual(30);
    // Allowed were 0.36.
    expect(used).toBeGreaterThan(0.2);
  });

  it("answers more with more calibrate rows", () => {
    const policy = (rows: number): number => abstentionPolicy(...draw(rows, 7), thresholds, { risk: 0.1 }).threshold!;
    expect(policy(20_000)).toBeGreaterThan(policy(1000) + 0.05);
    expect(policy(20_000)).toBeCloseTo(0.36, 12);
  });

  it("answers nothing, and says why, where the strictest threshold does not show the risk", () => {
    const policy = abstentionPolicy([0, 0, 0, 1], [0.1, 0.2, 0.3, 0.4], [0.35], { risk: 0.1 });
    expect(policy).toMatchObject({ threshold: null, answered: 0, riskBound: null, coverage: 0 });
    expect(policy.reason).toContain("answers 3 rows with 0 wrong, which does not show a risk of at most 0.1");
    expect(Array.from(answeredRows(policy, [0, 0.1]))).toEqual([0, 0]);
    expect(abstentionPolicy([0], [1], [0.5], { risk: 0.1 }).reason).toContain("answers 0 rows");
  });

  it("stops at the first threshold that fails, even if a later one would hold", () => {
    const uncertainty = Float64Array.from({ length: 1000 }, (_, row) => row / 1000);
    const errors = uncertainty.map((one) => Number(one > 0.1 && one < 0.2));
    const { threshold } = abstentionPolicy(errors, uncertainty, [0.1, 0.2, 0.999], { risk: 0.15 });
    expect(threshold).toBe(0.1);
    expect(abstentionPolicy(errors, uncertainty, [0.999], { risk: 0.15 }).threshold).toBe(0.999);
  });

  it("refuses no calibrate rows, thresholds that do not ascend, and a risk of 0", () => {
    expect(() => abstentionPolicy([], [], [1], { risk: 0.1 })).toThrow("at least one calibrate row");
    expect(() => abstentionPolicy([0], [1], [], { risk: 0.1 })).toThrow("at least one threshold");
    expect(() => abstentionPolicy([0], [1], [2, 1], { risk: 0.1 })).toThrow("number 1 is 1");
    expect(() => abstentionPolicy([0], [1], [NaN], { risk: 0.1 })).toThrow("number 0 is NaN");
    expect(() => abstentionPolicy([0], [1], [1], { risk: 0 })).toThrow("risk must lie between 0 and 1");
  });
});

describe("answeredRows", () => {
  it("answers where the uncertainty is low and the row inside the domain", () => {
    expect(Array.from(answeredRows({ threshold: 0.5 }, [0.1, 0.5, 0.6, 0.1], [1, 1, 1, 0]))).toEqual([1, 1, 0, 0]);
    expect(() => answeredRows({ threshold: 0.5 }, [NaN])).toThrow("row 0 has NaN");
    expect(() => answeredRows({ threshold: 0.5 }, [1], [])).toThrow("got 0 for 1 rows");
  });
});
