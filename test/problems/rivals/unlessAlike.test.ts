import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { estimateOverGroups } from "../../../src/core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../../src/core/statistics/meanOfRows.js";
import { unlessAlike } from "../../../src/problems/rivals/unlessAlike.js";

const groups = Array.from({ length: 60 }, (_, row) => `paper ${row % 20}`);
const meanOf = (values: readonly number[]) =>
  estimateOverGroups(groups, meanOfRows(values), seededRandom(1), { kind: "mean", unit: "paper" });

describe("unlessAlike", () => {
  // A constant answer that was right on all held-out papers had a log loss of 0.087 [0.0869, 0.0869].
  it("claims no certainty for losses that are all alike, and keeps the value", () => {
    const alike = meanOf(groups.map(() => 0.1 + 0.2));
    expect(alike.interval).not.toBeNull();
    const { value, interval, reason } = unlessAlike(alike);
    expect([value, interval]).toEqual([alike.value, null]);
    expect(reason).toMatch(/all rows are alike/);
  });

  it("leaves an interval with a width as it is", () => {
    const spread = meanOf(groups.map((_, row) => row / 60));
    expect(unlessAlike(spread)).toBe(spread);
  });
});
