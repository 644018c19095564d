import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doubleBytes, doublesOf, floatBytes, floatsOf } from "../../src/core/floatBytes.js";

describe("floatBytes and floatsOf", () => {
  it("put the lowest byte first", () => {
    expect([...floatBytes([1, -2])]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it("are inverse to each other, bit for bit, also within a larger buffer", () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true }), fc.nat({ max: 9 }), (values, offset) => {
        const bytes = floatBytes(values);
        const larger = new Uint8Array(bytes.length + offset);
        larger.set(bytes, offset);
        expect(floatsOf(larger.subarray(offset))).toEqual(values);
      }),
    );
  });
});

describe("doubleBytes and doublesOf", () => {
  it("put the lowest byte first, and are inverse to each other within a larger buffer", () => {
    expect([...doubleBytes([-2])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0xc0]);
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true }), fc.nat({ max: 9 }), (values, offset) => {
        const bytes = doubleBytes(values);
        const larger = new Uint8Array(bytes.length + offset);
        larger.set(bytes, offset);
        expect(doublesOf(larger.subarray(offset))).toEqual(values);
      }),
    );
  });
});
