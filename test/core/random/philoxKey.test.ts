import { describe, expect, it } from "vitest";
import { philoxKey } from "../../../src/core/random/philoxKey.js";
import { seededRandom } from "../../../src/core/random/Random.js";

describe("philoxKey", () => {
  it("is two whole words below 2^32, the next two draws of the stream", () => {
    const random = seededRandom(1);
    const key = philoxKey(random);
    const again = seededRandom(1);
    expect(key).toEqual([Math.floor(again() * 2 ** 32), Math.floor(again() * 2 ** 32)]);
    expect(philoxKey(random)).not.toEqual(key);
    for (const word of key) expect(Number.isInteger(word) && word >= 0 && word < 2 ** 32).toBe(true);
  });

  it("uses all 32 bits: each is set in half of 2000 keys, within five standard errors", () => {
    const random = seededRandom(2);
    const words = Array.from({ length: 2000 }, () => philoxKey(random)).flat();
    for (let bit = 0; bit < 32; bit++)
      expect(Math.abs(words.filter((word) => (word >>> bit) & 1).length / words.length - 0.5)).toBeLessThan(
        (5 * 0.5) / Math.sqrt(words.length),
      );
  });
});
