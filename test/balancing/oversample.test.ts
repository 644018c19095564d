import { describe, expect, it } from "vitest";
import { oversample } from "../../src/balancing/oversample.js";
import { rowKinds } from "../../src/balancing/Resampled.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { golden } from "./someRows.js";

const { features, labels } = golden;

describe("oversample", () => {
  it("adds copies of rows of the class, each about as often as the others", () => {
    const made = oversample(features, labels, seededRandom(1), { to: { 2: 6006 } });
    const times = new Map<number, number>();
    for (let row = 60; row < made.labels.length; row++) {
      const parent = made.origins.parents[2 * row];
      expect([labels[parent], rowKinds[made.origins.kinds[row]]]).toEqual([2, "copy"]);
      expect(made.features.values.subarray(3 * row, 3 * row + 3)).toEqual(
        features.values.subarray(3 * parent, 3 * parent + 3),
      );
      times.set(parent, (times.get(parent) ?? 0) + 1);
    }
    for (const count of times.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000));
    expect(times.size).toBe(6);
  });
});
