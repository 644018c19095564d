import { describe, expect, it } from "vitest";
import { groupBootstrapInterval, groupCountsInterval } from "../../../src/core/statistics/groupBootstrapInterval.js";
import { seededRandom } from "../../../src/core/random/Random.js";

const mean =
  (values: readonly number[]) =>
  (rows: Uint32Array): number =>
    rows.reduce((total, row) => total + values[row], 0) / rows.length;

describe("groupBootstrapInterval", () => {
  it("covers the true mean about as often as it says when rows of a group are copies of each other", () => {
    const random = seededRandom(11);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const draw = random.fork(trial);
      const groups = Array.from({ length: 120 }, (_, row) => Math.floor(row / 4));
      const byGroup = Array.from({ length: 30 }, () => draw());
      const { low, high } = groupBootstrapInterval(
        groups,
        mean(groups.map((group) => byGroup[group])),
        draw.fork("bootstrap"),
        { draws: 400 },
      );
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    // 95 % nominal; 30 groups and 200 trials leave a few per cent of play. By rows instead of groups it is near 0.67.
    expect(covered / 200).toBeGreaterThan(0.89);
    expect(covered / 200).toBeLessThanOrEqual(0.995);
  });

  it("is a pure function of its stream and names its method", () => {
    const groups = Array.from({ length: 120 }, (_, row) => row % 60);
    const statistic = mean(groups.map((group) => group ** 2));
    const interval = () => groupBootstrapInterval(groups, statistic, seededRandom(5), { unit: "DOI" });
    expect(interval()).toEqual(interval());
    expect(interval().method).toBe("percentile bootstrap by DOI, 2000 draws");
  });

  it("sorts 200,000 rows into two groups well within a test's time limit", () => {
    const groups = Array.from({ length: 200_000 }, (_, row) => row % 2);
    expect(groupBootstrapInterval(groups, () => 0.5, seededRandom(1), { draws: 2 })).toMatchObject({
      low: 0.5,
      high: 0.5,
    });
  });

  it("refuses one group and a statistic that is not finite", () => {
    expect(() => groupBootstrapInterval(["a", "a"], mean([1, 2]), seededRandom(1))).toThrow(/at least 2 groups/);
    expect(() => groupBootstrapInterval(["a", "b"], () => NaN, seededRandom(1))).toThrow(/must be finite/);
  });
});

describe("groupCountsInterval", () => {
  const groups = ["b", "a", "b", "c", "a", "d", "d", "d"];
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const byRows = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;

  it("draws as groupBootstrapInterval does, and tells how often each row came", () => {
    const byCounts = (counts: Uint32Array): number =>
      counts.reduce((sum, count, row) => sum + count * values[row], 0) / counts.reduce((a, b) => a + b);
    const options = { draws: 200, level: 0.9, unit: "paper" };
    expect(groupCountsInterval(groups, byCounts, seededRandom(5), options)).toEqual(
      groupBootstrapInterval(groups, byRows, seededRandom(5), options),
    );
  });

  it("gives counts in the order asked for", () => {
    const order = Uint32Array.of(7, 0, 1, 2, 3, 4, 5, 6);
    const byCounts = (counts: Uint32Array): number =>
      counts.reduce((sum, count, at) => sum + count * values[order[at]], 0) / counts.reduce((a, b) => a + b);
    expect(groupCountsInterval(groups, byCounts, seededRandom(5), { order, draws: 50 })).toEqual(
      groupBootstrapInterval(groups, byRows, seededRandom(5), { draws: 50 }),
    );
  });
});
