import { describe, expect, it } from "vitest";
import { philox4x32 } from "../../../src/core/random/philox4x32.js";

/** Known-answer vectors of Random123, lines "philox4x32 10": counter, key, result. */
const knownAnswers = [
  ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
] as const;

function words(hex: string): Uint32Array {
  return Uint32Array.from(hex.split(" "), (word) => Number.parseInt(word, 16));
}

describe("philox4x32", () => {
  it.each(knownAnswers)("turns counter %s and key %s into %s, as Random123 does", (counter, key, result) => {
    const out = new Uint32Array(4);
    philox4x32(words(counter), words(key), out);
    expect(Array.from(out, (word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(result);
  });

  it("changes about half of all bits when one bit of the counter changes", () => {
    let changed = 0;
    const [first, second] = [new Uint32Array(4), new Uint32Array(4)];
    for (let bit = 0; bit < 128; bit++) {
      const counter = new Uint32Array(4);
      philox4x32(counter, [1, 2], first);
      counter[bit >> 5] = (1 << (bit & 31)) >>> 0;
      philox4x32(counter, [1, 2], second);
      for (let i = 0; i < 4; i++) changed += bits((first[i] ^ second[i]) >>> 0);
    }
    // 128 x 128 fair coins: mean 8192, standard deviation 64.
    expect(Math.abs(changed - 8192)).toBeLessThan(4 * 64);
  });
});

function bits(word: number): number {
  return word.toString(2).replaceAll("0", "").length;
}
