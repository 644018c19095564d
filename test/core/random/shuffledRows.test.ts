import { expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { shuffledRows } from "../../../src/core/random/shuffledRows.js";

it("shuffledRows gives every order as often, and leaves its argument alone", () => {
  const rows = Uint32Array.of(4, 7, 9);
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const order = shuffledRows(rows, seededRandom(seed)).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...rows]).toEqual([4, 7, 9]);
  expect(counts.size).toBe(6);
  // 1000 each; five standard deviations are 144.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144);
});
