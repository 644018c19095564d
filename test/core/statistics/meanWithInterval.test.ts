import { describe, expect, it } from "vitest";
import { groupBootstrapInterval } from "../../../src/core/statistics/groupBootstrapInterval.js";
import { meanWithInterval } from "../../../src/core/statistics/meanWithInterval.js";
import { seededRandom } from "../../../src/core/random/Random.js";

describe("meanWithInterval", () => {
  it("is the mean with the interval over its groups", () => {
    const values = [1, 2, 3, 5, 8, 13];
    const groups = ["a", "b", "a", "c", "c", "c"];
    const byRows = groupBootstrapInterval(
      groups,
      (rows) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length,
      seededRandom(1),
      { draws: 200, unit: "lab" },
    );
    const {
      value,
      interval,
      n,
      groups: count,
    } = meanWithInterval(values, seededRandom(1), { groups, draws: 200, unit: "lab" });
    expect(value).toBeCloseTo(32 / 6, 14);
    expect([n, count]).toEqual([6, 3]);
    expect(interval.low).toBeCloseTo(byRows.low, 12);
    expect(interval.high).toBeCloseTo(byRows.high, 12);
    expect(interval.method).toBe("jackknife by lab, Student, 1.57 degrees of freedom");
  });

  it("refuses NaN, one group and groups of another number", () => {
    expect(() => meanWithInterval([1, NaN], seededRandom(1))).toThrow("row 1 has NaN");
    expect(() => meanWithInterval([1, 2], seededRandom(1), { groups: ["a", "a"] })).toThrow(/at least 2 groups/);
    expect(() => meanWithInterval([1, 2], seededRandom(1), { groups: ["a"] })).toThrow("got 1 for 2 rows");
  });
});
