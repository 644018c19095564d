import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { normalQuantile } from "../../../src/core/statistics/normalQuantile.js";
import { searchVerdict } from "../../../src/problems/search/searchVerdict.js";

const unit = { unit: "recipe" };

describe("searchVerdict", () => {
  it("sets the promised gain beside the kept one, and their difference", () => {
    const groups = ["a", "a", "b", "c"];
    const { promised, kept, gap } = searchVerdict(
      { gains: [1, 1, 2, 4], groups },
      { gains: [0, 0, 1, 3], groups },
      seededRandom(1),
      unit,
    );
    expect([promised.value, kept.value, gap.value]).toEqual([2, 1, 1]);
    expect(gap.interval!.low).toBeLessThanOrEqual(1);
  });

  it("says UNKNOWN where one group is all there is", () => {
    const { kept } = searchVerdict({ gains: [1], groups: ["a"] }, { gains: [2], groups: ["a"] }, seededRandom(1), unit);
    expect(kept.interval).toBeNull();
    expect(kept.reason).toMatch(/at least 2 groups/);
  });

  it("finds the optimism of the best of fifty settings that are all alike, in 90 of 100 draws or more", () => {
    const groups = Array.from({ length: 30 }, (_, row) => `g${row}`);
    let found = 0;
    for (let draw = 0; draw < 100; draw++) {
      const random = seededRandom(5).fork(draw);
      const noise = (name: string): Float64Array =>
        Float64Array.from(groups, (_, row) => normalQuantile(random.fork(name).fork(row)()));
      const tries = Array.from({ length: 50 }, (_, k) => noise(`setting ${k}`));
      const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
      const best = tries.reduce((a, b) => (sum(b) > sum(a) ? b : a));
      const { gap } = searchVerdict({ gains: best, groups }, { gains: noise("fresh"), groups }, random, unit);
      if (gap.value! > 0) found++;
    }
    expect(found).toBeGreaterThanOrEqual(90);
  });
});
