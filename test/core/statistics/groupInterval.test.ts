import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { groupedStatistic } from "../../../src/core/statistics/groupedStatistic.js";
import { groupInterval } from "../../../src/core/statistics/groupInterval.js";
import { studentEstimate } from "../../../src/core/statistics/studentEstimate.js";
import { intervalScenarios } from "../../../src/workspace/proofs/intervalScenarios.js";

const mean =
  (values: readonly number[]) =>
  (rows: Uint32Array): number =>
    rows.reduce((total, row) => total + values[row], 0) / rows.length;

/** Share of samples of a scenario of means or shares whose interval holds the truth. */
function coverage(name: string, samples: number): number {
  const scenario = intervalScenarios.find((one) => one.name === name)!;
  const kind = scenario.statistic === "share" ? "share" : "mean";
  const each = Array.from(scenario.sizes.keys());
  let held = 0;
  for (let sample = 0; sample < samples; sample++) {
    const random = seededRandom(1).fork(name).fork(sample);
    const { values, rows } = scenario.sample(random.fork("sample"));
    const statistic = groupedStatistic({ values, rows }, (totals) => totals.values / totals.rows, {
      over: "rows",
      kind,
    });
    const { low, high } = groupInterval(each, statistic, random, { sizes: rows, kind }).interval!;
    held += Number(low <= scenario.truth && scenario.truth <= high);
  }
  return held / samples;
}

describe("groupInterval", () => {
  it("is Student's over the means of few equal groups, and of draws from 50 effective groups on", () => {
    const groups = Array.from({ length: 100 }, (_, row) => row % 50);
    const values = groups.map((group) => Math.sin(group));
    const few = groups.map((group) => group % 5);
    const { interval } = groupInterval(few, mean(few.map((group) => group ** 2)), seededRandom(1));
    const student = studentEstimate([0, 1, 4, 9, 16]).interval;
    expect([interval!.low, interval!.high]).toEqual([
      expect.closeTo(student.low, 10),
      expect.closeTo(student.high, 10),
    ]);
    expect(groupInterval(groups, mean(values), seededRandom(1)).interval!.method).toMatch(/^percentile bootstrap/);
    // A row more in one group: fewer than 50 equal ones.
    const uneven = [...groups, 0];
    expect(groupInterval(uneven, mean([...values, 0]), seededRandom(1)).interval!.method).toMatch(/^jackknife/);
  });

  it("holds the truth where the percentiles of draws did in 51 %, 86 % and 85 %: 2 and 5 groups, 21 papers", () => {
    for (const name of [
      "mean, correlation 0.5, 2 equal",
      "mean, correlation 0.5, 5 equal",
      "share, logit 1.5 ± 2, 21 papers",
      "share, logit 2.5 ± 2, 13 papers",
    ])
      // 0.93 at least; 800 samples leave 0.8 % of play each.
      expect(coverage(name, 800), name).toBeGreaterThan(0.92);
  });

  it("does not claim certainty where all rows are right, however many groups there are", () => {
    const groups = Array.from({ length: 200 }, (_, row) => row);
    const { interval } = groupInterval(groups, () => 1, seededRandom(1), { kind: "share" });
    expect(interval).toMatchObject({ high: 1, low: expect.closeTo(0.025 ** (1 / 200), 10) as number });
  });

  it("asks for no value without each group where many groups agree (regression: 20,000 groups took 36 s)", () => {
    let asked = 0;
    const always = (): number => {
      asked++;
      return 1;
    };
    const groups = Array.from({ length: 20_000 }, (_, row) => row);
    expect(groupInterval(groups, always, seededRandom(1), { kind: "share" }).interval!.method).toMatch(/^jackknife/);
    expect(asked).toBe(1);
  });

  it("knows a share by its rows, of which each alone is right or wrong, where nobody says so", () => {
    const groups = Array.from({ length: 30 }, (_, row) => row % 3);
    const right = groups.map((_, row) => Number(row % 7 > 0));
    const told = groupInterval(groups, mean(right), seededRandom(1), { kind: "share" });
    expect(groupInterval(groups, mean(right), seededRandom(1))).toEqual(told);
    expect(groupInterval(groups, mean(right.map((one) => one / 2)), seededRandom(1)).interval!.method).toMatch(
      /Student/,
    );
  });

  it("takes rows that count from sizes, and leaves out groups without any", () => {
    const sizes = [4, 0, 4, 4];
    const seen: number[][] = [];
    const { interval } = groupInterval(
      ["a", "b", "c", "d"],
      (rows) => {
        seen.push([...rows]);
        return rows.length + rows[0];
      },
      seededRandom(1),
      { sizes },
    );
    expect(interval!.method).toBe("jackknife by group, Student, 2 degrees of freedom");
    expect(seen).toEqual(
      expect.arrayContaining([
        [1, 2, 3],
        [0, 1, 3],
        [0, 1, 2],
      ]),
    );
    expect(seen).not.toContainEqual([0, 2, 3]);
    expect(() => groupInterval(["a", "b"], mean([1, 2]), seededRandom(1), { sizes: [1] })).toThrow(
      "one size per group is needed; got 1 for 2 groups",
    );
  });

  it("says why there is no interval over one group", () => {
    expect(groupInterval(["a", "a"], mean([1, 2]), seededRandom(1), { unit: "paper" })).toEqual({
      interval: null,
      reason: "at least 2 groups are needed; got 1; an interval over one paper would claim what it cannot know",
    });
  });

  it("is equal for equal streams, bit for bit", () => {
    for (const groups of [8, 60]) {
      const values = Array.from({ length: groups }, (_, row) => Math.cos(row));
      const once = () => groupInterval([...values.keys()], mean(values), seededRandom(7));
      expect(once()).toEqual(once());
    }
  });
});
