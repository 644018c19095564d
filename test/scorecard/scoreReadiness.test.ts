import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/core/canonicalJson.js";
import { sha256 } from "../../src/io/sha256.js";
import { rubric } from "../../src/scorecard/rubric.js";
import type { CheckStatus } from "../../src/scorecard/Scorecard.js";
import { scoreReadiness, type Standing } from "../../src/scorecard/scoreReadiness.js";

interface Golden {
  readonly tolerance: number;
  readonly scenarios: readonly {
    readonly name: string;
    readonly statuses: Record<string, { status: CheckStatus; tier?: number; synthetic?: boolean }>;
    readonly expected: {
      low: number;
      high: number;
      cap: number;
      displayed: number;
      verdict: string;
      gates_not_passed: string[];
      by_category_low: Record<string, number>;
      by_category_high: Record<string, number>;
    };
  }[];
}

const golden = JSON.parse(readFileSync(new URL("../golden/i_scorecard.json", import.meta.url), "utf8")) as Golden;
const checks = rubric.categories.flatMap((category) => category.checks);

describe("rubric", () => {
  it("has 44 checks, ten points in each of six categories, weights that sum to 1", () => {
    expect(checks).toHaveLength(44);
    for (const { id, checks: own } of rubric.categories)
      expect([id, own.reduce((total, { points }) => total + points, 0)]).toEqual([id, 10]);
    expect(rubric.categories.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 12);
  });

  it("is the one whose hash is recorded here: a threshold or a measure that changes needs a new version", () => {
    expect([rubric.version, sha256(canonicalJson(rubric))]).toEqual([
      "0.5",
      "c84ec8b1e6f949d2c82e22a45c03b636db51bb94abd49dd6e4e86295539872e2",
    ]);
  });

  it("decides every check by at least one measurement and names preconditions that exist", () => {
    const ids = new Set(checks.map(({ id }) => id));
    expect(ids.size).toBe(44);
    for (const check of checks) {
      expect([check.id, check.requires.length]).not.toEqual([check.id, 0]);
      expect(check.precondition === undefined || ids.has(check.precondition)).toBe(true);
    }
  });
});

describe("scoreReadiness", () => {
  it.each(golden.scenarios)("agrees with the reference scorer: $name", ({ statuses, expected }) => {
    const standings = Object.fromEntries(
      Object.entries(statuses).map(([id, { status, tier, synthetic }]) => [
        id,
        { status, credit: tier, simulated: synthetic },
      ]),
    );
    const score = scoreReadiness(rubric, standings);
    for (const key of ["low", "high", "cap", "displayed"] as const)
      expect(Math.abs(score[key] - expected[key])).toBeLessThanOrEqual(golden.tolerance);
    expect(score.verdict).toBe(expected.verdict);
    expect([...score.gatesNotPassed].sort()).toEqual([...expected.gates_not_passed].sort());
    for (const { id, low, high } of score.categories) {
      expect(low).toBeCloseTo(expected.by_category_low[id], 5);
      expect(high).toBeCloseTo(expected.by_category_high[id], 5);
    }
  });

  const standing = fc.record({
    status: fc.constantFrom<CheckStatus>("PASS", "PASS", "PASS", "FAIL", "UNKNOWN"),
    credit: fc.constantFrom(1, 0.5),
    simulated: fc.boolean(),
  });
  const card = fc
    .tuple(...checks.map(() => standing))
    .map((all) => Object.fromEntries(all.map((one, i) => [checks[i].id, one])) as Record<string, Standing>);
  const anyCheck = fc.constantFrom(...checks.map(({ id }) => id));
  const rank = { NOT_READY: 0, NOT_SHOWN: 0, RESEARCH: 1, SHADOW: 2, CANARY: 3, PRODUCTION: 4 };

  it("never rises when evidence is hidden", () => {
    fc.assert(
      fc.property(card, anyCheck, (standings, id) => {
        const before = scoreReadiness(rubric, standings);
        const { [id]: _hidden, ...rest } = standings;
        const after = scoreReadiness(rubric, rest);
        expect(after.low).toBeLessThanOrEqual(before.low + 1e-9);
        expect(after.displayed).toBeLessThanOrEqual(before.displayed + 1e-9);
        expect(rank[after.verdict]).toBeLessThanOrEqual(rank[before.verdict]);
      }),
    );
  });

  it("never falls when a check comes to pass, and keeps displayed <= cap, displayed <= low <= high", () => {
    fc.assert(
      fc.property(card, anyCheck, (standings, id) => {
        const before = scoreReadiness(rubric, standings);
        const after = scoreReadiness(rubric, { ...standings, [id]: { ...standings[id], status: "PASS" } });
        expect(after.low).toBeGreaterThanOrEqual(before.low - 1e-9);
        expect(rank[after.verdict]).toBeGreaterThanOrEqual(rank[before.verdict]);
        expect(after.displayed).toBeLessThanOrEqual(Math.min(after.cap, after.low) + 1e-9);
        expect(after.low).toBeLessThanOrEqual(after.high + 1e-9);
      }),
    );
  });
});
