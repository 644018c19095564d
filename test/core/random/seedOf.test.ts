import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { seedOf } from "../../../src/core/random/seedOf.js";

describe("seedOf", () => {
  it("is an integer that a stream can start from, another for every fork, the same for the same fork", () => {
    const random = seededRandom(1);
    const seeds = Array.from({ length: 100 }, (_, i) => seedOf(random.fork(i)));
    expect(new Set(seeds).size).toBe(100);
    expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
    expect(seedOf(seededRandom(1).fork(7))).toBe(seeds[7]);
    expect(() => seededRandom(seeds[7])).not.toThrow();
  });
});
