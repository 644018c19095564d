import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { singleBytes, writeSingle } from "../../../src/io/tables/writeSingle.js";

function textOf(single: number): string {
  const out = new Uint8Array(singleBytes + 2);
  const end = writeSingle(single, new Int32Array(Float32Array.of(single).buffer)[0], out, 2);
  return Buffer.from(out.subarray(2, end)).toString();
}

/** All integers with as few digits as possible that lead back to a positive Float32, as decimal texts. */
function shortestTexts(single: number): readonly string[] {
  for (let digits = 1; digits <= 9; digits++) {
    const [mantissa, exponent] = single.toExponential(digits - 1).split("e");
    const nearest = Number(mantissa.replace(".", ""));
    const texts = [nearest - 1, nearest, nearest + 1].map((integer) => `${integer}e${Number(exponent) - digits + 1}`);
    const leadBack = texts.filter((text) => Math.fround(Number(text)) === single);
    if (leadBack.length > 0) return leadBack;
  }
  throw new Error("nine digits are always enough");
}

function expectShortest(single: number): void {
  const text = textOf(single);
  const best = shortestTexts(single).map(Number);
  const nearest = Math.min(...best.map((value) => Math.abs(value - single)));
  // Looked at without expect, which is slow, as a hundred thousand values are.
  if (!(
    Math.fround(Number(text)) === single &&
    best.some((value) => value === Number(text) && Math.abs(value - single) <= nearest) &&
    text === String(Number(text))
  )) {
    expect.fail(`${single} was written as ${text}; shortest are ${best.join(", ")}`);
  }
}

describe("writeSingle", () => {
  it("writes the form of JavaScript's numbers, -0 as 0", () => {
    const texts = {
      0: 0,
      "0.1": 0.1,
      "-0.5": -0.5,
      "16777216": 16777216,
      "1e-7": 1e-7,
      "0.000001": 1e-6,
      "100000000000000000000": 1e20,
      "1e+21": 1e21,
      "3.4028235e+38": 3.4028235e38,
      "1.1754944e-38": 1.17549435e-38,
      "1e-45": 1.4e-45,
      "-1.25e-40": -1.25e-40,
    };
    for (const [text, value] of Object.entries(texts)) expect(textOf(Math.fround(value))).toBe(text);
    expect(textOf(-0)).toBe("0");
  });

  it("writes the shortest text of every power of two, where the neighbours are not equally far", () => {
    for (let exponent = -149; exponent <= 127; exponent++) expectShortest(2 ** exponent);
  });

  it("writes the shortest and of these the nearest text of any bits", () => {
    const random = seededRandom(5).fork("bits");
    const bits = new Uint32Array(1);
    const single = new Float32Array(bits.buffer);
    for (let i = 0; i < 100_000; i++) {
      bits[0] = random() * 0x7f800000;
      if (single[0] > 0) expectShortest(single[0]);
    }
  });

  it("writes the shortest text of neighbours of short decimals and of integers that lie half way", () => {
    const bits = new Uint32Array(1);
    const single = new Float32Array(bits.buffer);
    for (let exponent = -40; exponent <= 38; exponent++) {
      for (const digits of [1, 9, 25, 999, 1234567]) {
        single[0] = Number(`${digits}e${exponent - 6}`);
        const middle = bits[0];
        for (let step = -3; step <= 3; step++) {
          bits[0] = middle + step;
          if (single[0] > 0 && Number.isFinite(single[0])) expectShortest(single[0]);
        }
      }
    }
    for (let integer = 33_554_432; integer < 33_564_432; integer += 4) expectShortest(integer);
  });

  it("stays within the bytes it asks for", () => {
    const out = new Uint8Array(singleBytes + 1).fill(7);
    for (const value of [-1.2345679e-6, -1.2345678e20, -3.4028235e38, -1.1754944e-38]) {
      expect(
        writeSingle(Math.fround(value), new Int32Array(Float32Array.of(value).buffer)[0], out, 0),
      ).toBeLessThanOrEqual(singleBytes);
      expect(out[singleBytes]).toBe(7);
    }
  });
});
