import { describe, expect, it } from "vitest";
import { undersample } from "../../src/balancing/undersample.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { countsOf, golden } from "./someRows.js";

const { labels } = golden;

describe("undersample", () => {
  it("keeps rows without replacement, ascending, the rarest class whole", () => {
    const kept = undersample(labels, seededRandom(1));
    expect(countsOf(labels.filter((_, row) => kept.includes(row)))).toEqual([6, 6, 6]);
    expect(Array.from(new Set(kept))).toEqual([...kept].sort((a, b) => a - b));
    expect(undersample(labels, seededRandom(1))).toEqual(kept);
    expect(undersample(labels, seededRandom(2))).not.toEqual(kept);
    expect(() => undersample(labels, seededRandom(1), { to: { 2: 7 } })).toThrow(
      "under-sampling only takes rows away, and class 2 has 6; got 7",
    );
    expect(() => undersample(new Uint8Array(0), seededRandom(1))).toThrow("at least one row is needed");
  });

  it("keeps each row of a class equally often", () => {
    const times = new Float64Array(60);
    for (let seed = 0; seed < 600; seed++)
      undersample(labels, seededRandom(seed), { to: { 0: 10 } }).forEach((row) => times[row]++);
    labels.forEach((label, row) =>
      label === 0
        ? expect(Math.abs(times[row] - 150)).toBeLessThan(4.2 * Math.sqrt(600 * 0.25 * 0.75))
        : expect(times[row]).toBe(600),
    );
  });
});
