import { describe, expect, it } from "vitest";
import { meanIncumbents } from "../../src/tuning/meanIncumbents.js";
import type { Trial, TrialOutcome } from "../../src/tuning/Trial.js";

const outcome = (value: number, steps: number, broken = -1): TrialOutcome => ({
  state: "complete",
  values: [value],
  steps: Array.from({ length: steps }, (_, before) => ({ step: before + 1, value })),
  constraints: { memory: broken },
  reason: null,
});
const pruned = (steps: number): TrialOutcome => ({ ...outcome(0, steps), state: "pruned", values: [], reason: "slow" });
const study = (
  ...outcomes: readonly (TrialOutcome | null)[]
): { readonly directions: readonly ["minimize"]; readonly trials: readonly Trial[] } => ({
  directions: ["minimize"],
  trials: outcomes.map((one, number) => ({ number, parameters: {}, outcome: one })),
});

describe("meanIncumbents", () => {
  it("averages the best so far after each trial, from where all have one", () => {
    const points = meanIncumbents([
      study(outcome(4, 1), outcome(5, 1), outcome(2, 1)),
      study(pruned(1), outcome(3, 1), outcome(1, 1, 9)),
    ]);
    expect(points.map(({ at, value }) => [at, value])).toEqual([
      [2, 3.5],
      [3, 2.5],
    ]);
    // Student with one degree of freedom: 12.706 standard errors, and the error of 4 and 3 is 0.5.
    expect(points[0].interval.high - points[0].value).toBeCloseTo(12.7062 * 0.5, 3);
    expect(points[0].interval.method).toContain("Student over 2 studies");
  });

  it("counts the steps that trials spent, those of pruned ones too", () => {
    const points = meanIncumbents([study(outcome(4, 10), outcome(2, 10)), study(pruned(3), outcome(3, 10))], {
      over: "steps",
      places: 3,
    });
    expect(points.map(({ at, value }) => [at, value])).toEqual([[13, 3.5]]);
  });

  it("takes larger values as better where they are maximised, and begins where it is told", () => {
    const up = { ...study(outcome(4, 1), outcome(5, 1), outcome(6, 1)), directions: ["maximize"] as const };
    expect(meanIncumbents([up, up], { from: 2 }).map(({ at, value }) => [at, value])).toEqual([
      [2, 5],
      [3, 6],
    ]);
  });

  it.each([
    ["a single study", [study(outcome(1, 1))], /at least two studies/],
    ["a study without a complete trial", [study(outcome(1, 1)), study(pruned(1))], /a study without one/],
    [
      "studies that do not overlap",
      [study(outcome(1, 1)), study(pruned(1), pruned(1), outcome(1, 1))],
      /only after 3, and another that ends at 1/,
    ],
  ])("refuses %s", (_, studies, message) => {
    expect(() => meanIncumbents(studies)).toThrow(message);
  });
});
