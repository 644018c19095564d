import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packNumbers, unpackNumbers } from "../../src/core/packNumbers.js";

describe("numbers in JSON", () => {
  it("come back to the last bit through a text, not-a-number and infinities too", () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.float32Array(), fc.uint32Array(), fc.int32Array(), (a, b, c, d) => {
        const value = { a, list: [b, { c }], d: Uint8Array.from(d), name: "x", none: null, one: 0.1 };
        expect(unpackNumbers(JSON.parse(JSON.stringify(packNumbers(value))))).toEqual(value);
      }),
    );
  });

  it("stand lowest byte first, whatever the machine", () => {
    expect(packNumbers(Uint16Array.of(1, 258))).toEqual({ numbers: "Uint16Array", base64: btoa("\x01\x00\x02\x01") });
  });

  it("of views hold the view and not its whole buffer", () => {
    expect(unpackNumbers(packNumbers(Float64Array.of(1, 2, 3).subarray(1, 2)))).toEqual(Float64Array.of(2));
  });

  it("are refused where they are damaged or of a kind that is not kept", () => {
    expect(() => unpackNumbers({ numbers: "Float64Array", base64: btoa("abc") })).toThrow("got 3 bytes");
    expect(() => unpackNumbers({ numbers: "Float64Array", base64: "§" })).toThrow("base64");
    expect(() => packNumbers(BigInt64Array.of(1n))).toThrow("BigInt64Array cannot be kept");
  });

  it("leave an object that only looks like them alone", () => {
    const other = { numbers: "three", base64: "AAAA" };
    expect(unpackNumbers(other)).toEqual(other);
  });
});
