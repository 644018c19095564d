import { describe, expect, it } from "vitest";
import { groupBootstrapInterval } from "../../../src/core/statistics/groupBootstrapInterval.js";
import { pairedDifference } from "../../../src/core/statistics/pairedDifference.js";
import { seededRandom } from "../../../src/core/random/Random.js";

const mean =
  (values: readonly number[]) =>
  (rows: Uint32Array): number =>
    rows.reduce((sum, row) => sum + values[row], 0) / rows.length;

describe("pairedDifference", () => {
  it("covers the true difference as often as it says, and is narrower than unpaired where rows are hard", () => {
    const random = seededRandom(4);
    let [covered, narrower] = [0, 0];
    for (let trial = 0; trial < 100; trial++) {
      const draw = random.fork(trial);
      const groups = Array.from({ length: 60 }, (_, row) => row);
      const hardness = groups.map(() => draw());
      const [first, second] = [
        hardness.map((hard) => hard + 0.1 + 0.1 * draw()),
        hardness.map((hard) => hard + 0.1 * draw()),
      ];
      const { interval } = pairedDifference(groups, mean(first), mean(second), draw.fork("paired"), {
        draws: 400,
        unit: "row",
      });
      const alone = groupBootstrapInterval(groups, mean(first), draw.fork("alone"), { draws: 400 });
      if (interval.low <= 0.1 && 0.1 <= interval.high) covered++;
      if (interval.high - interval.low < alone.high - alone.low) narrower++;
    }
    expect(covered).toBeGreaterThanOrEqual(87);
    expect(covered).toBeLessThan(100);
    expect(narrower).toBe(100);
  });

  it("takes the difference on all rows, is 0 throughout for one statistic twice, and names its method", () => {
    const groups = ["a", "a", "b", "c"];
    const { difference, interval } = pairedDifference(groups, mean([1, 2, 3, 6]), mean([0, 0, 0, 4]), seededRandom(1), {
      unit: "DOI",
      draws: 100,
    });
    expect(difference).toBe(2);
    expect(interval.method).toBe("jackknife by DOI, Student, 1.67 degrees of freedom");
    expect(pairedDifference(groups, mean([1, 2, 3, 4]), mean([1, 2, 3, 4]), seededRandom(1)).interval).toMatchObject({
      low: 0,
      high: 0,
    });
  });
});
