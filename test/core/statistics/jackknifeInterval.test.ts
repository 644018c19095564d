import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";
import { jackknifeInterval, type StatisticKind } from "../../../src/core/statistics/jackknifeInterval.js";
import { studentEstimate } from "../../../src/core/statistics/studentEstimate.js";

const options = { kind: "mean", level: 0.95, unit: "group" } as const;

/** The mean of group means of equal groups of so many rows, and without each. */
function equalGroups(means: readonly number[], rows: number) {
  const total = means.reduce((a, b) => a + b, 0);
  return {
    value: total / means.length,
    without: means.map((mean) => (total - mean) / (means.length - 1)),
    rows: rows * means.length,
    effective: means.length,
  };
}

describe("jackknifeInterval", () => {
  it("is Student's interval over group means where groups are equal", () => {
    const means = [1.2, 0.7, 1.9, 1.4, 0.3];
    const { interval } = jackknifeInterval(equalGroups(means, 10), options);
    const student = studentEstimate(means).interval;
    expect(interval!.low).toBeCloseTo(student.low, 12);
    expect(interval!.high).toBeCloseTo(student.high, 12);
    expect(interval!.method).toBe("jackknife by group, Student, 4 degrees of freedom");
  });

  it("takes a share of groups that agree as one of so many rows, widened by Student", () => {
    const { interval } = jackknifeInterval(equalGroups([0.8, 0.8, 0.8, 0.8], 10), { ...options, kind: "share" });
    const exact = clopperPearson(32, 40);
    expect(interval!.low).toBeLessThan(exact.low);
    expect(interval!.high).toBeGreaterThan(exact.high);
    expect(interval!.low).toBeGreaterThan(0.4);
  });

  it("takes groups that are all right as a trial each, so that nothing seen is no certainty", () => {
    const right = jackknifeInterval(equalGroups([1, 1, 1], 50), { ...options, kind: "share" }).interval!;
    expect(right.low).toBeCloseTo(0.025 ** (1 / 3), 10);
    expect(right.high).toBe(1);
    const wrong = jackknifeInterval(equalGroups([0, 0, 0], 50), { ...options, kind: "share" }).interval!;
    expect(wrong.high).toBeCloseTo(1 - 0.025 ** (1 / 3), 10);
    expect(wrong.low).toBe(0);
  });

  it("keeps R² at most 1, and knows none of fewer than 4 groups", () => {
    const values = equalGroups([0.9, 0.95, 0.8, 0.99, 0.97, 0.9], 10);
    const { low, high } = jackknifeInterval(values, { ...options, kind: "explained" }).interval!;
    expect(low).toBeLessThan(values.value);
    expect(high).toBeGreaterThan(values.value);
    expect(high).toBeLessThan(1);
    expect(jackknifeInterval(equalGroups([0.9, 0.8, 0.7], 10), { ...options, kind: "explained" })).toEqual({
      interval: null,
      reason: "an interval needs more than 3 of each group, which count as 3.0 equal ones",
    });
  });

  it("says why there is none: a statistic that needs one group, a fit without error, one group with nearly all", () => {
    expect(jackknifeInterval({ ...equalGroups([1, 2], 1), without: [1, NaN] }, options).reason).toMatch(/finite/);
    expect(jackknifeInterval(equalGroups([1, 1, 1, 1], 5), { ...options, kind: "explained" }).reason).toMatch(
      /without any error/,
    );
    expect(jackknifeInterval({ ...equalGroups([1, 2], 1), effective: 1.2 }, options).reason).toMatch(
      /count as 1\.2 equal ones/,
    );
  });

  it("holds the value, keeps to the range, and grows with the level", () => {
    const chance = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(chance, { minLength: 4, maxLength: 30 }),
        fc.constantFrom<StatisticKind>("mean", "share", "explained"),
        fc.double({ min: 0.5, max: 0.98, noNaN: true }),
        (means, kind, level) => {
          const values = equalGroups(means, 10);
          const [narrow, wide] = [level, level + 0.01].map(
            (one) => jackknifeInterval(values, { kind, level: one, unit: "group" }).interval!,
          );
          expect(narrow.low).toBeLessThanOrEqual(values.value);
          expect(narrow.high).toBeGreaterThanOrEqual(values.value);
          expect(wide.low).toBeLessThanOrEqual(narrow.low);
          expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
          if (kind !== "mean") expect(wide.high).toBeLessThanOrEqual(1);
          if (kind === "share") expect(wide.low).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
