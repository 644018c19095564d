import { expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { subsetDraws } from "../../../src/core/random/subsetDraws.js";

it("subsetDraws draws every pair of five equally often", () => {
  const draw = subsetDraws(5, 2, seededRandom(1));
  const counts = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const pair = Array.from(draw()).sort().join("");
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  expect(counts.size).toBe(10);
  // 2,000 each, give or take four standard deviations.
  for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(1800));
});

it("subsetDraws of all is all, of none is none, and of equal seeds the same", () => {
  expect(Array.from(subsetDraws(4, 4, seededRandom(2))()).sort()).toEqual([0, 1, 2, 3]);
  expect(subsetDraws(4, 0, seededRandom(2))()).toHaveLength(0);
  const [one, other] = [subsetDraws(9, 3, seededRandom(3)), subsetDraws(9, 3, seededRandom(3))];
  for (let i = 0; i < 5; i++) expect(Array.from(one())).toEqual(Array.from(other()));
});
