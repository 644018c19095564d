import { describe, expect, it } from "vitest";
import { readThrift, writeThrift } from "../../../src/io/tables/thriftCompact.js";

describe("readThrift and writeThrift", () => {
  it("follow the specification: zigzag integers, steps of field numbers, short and long lists", () => {
    // {1: i32 -1, 2: true, 3: "hi", 20: [1, 2] of i32, 21: {1: false}}
    const bytes = Uint8Array.of(0x15, 0x01, 0x11, 0x18, 2, 104, 105, 0x09, 40, 0x25, 2, 4, 0x1c, 0x12, 0, 0);
    const read = readThrift(bytes);
    expect(read).toEqual([
      { id: 1, type: 5, value: -1 },
      { id: 2, type: 1, value: true },
      { id: 3, type: 8, value: Uint8Array.of(104, 105) },
      { id: 20, type: 9, value: { type: 5, items: [1, 2] } },
      { id: 21, type: 12, value: [{ id: 1, type: 2, value: false }] },
    ]);
    expect(writeThrift(read)).toEqual(bytes);
  });

  it("give back large and negative integers, doubles and long lists", () => {
    const struct = [
      { id: 1, type: 6, value: Number.MAX_SAFE_INTEGER / 4 - 0.75 },
      { id: 2, type: 6, value: -(2 ** 40) },
      { id: 3, type: 7, value: new Uint8Array(new Float64Array([0.5]).buffer) },
      { id: 4, type: 9, value: { type: 8, items: Array.from({ length: 2000 }, (_, i) => Uint8Array.of(i, 1)) } },
      { id: 5, type: 9, value: { type: 2, items: [true, false] } },
      { id: 1000, type: 3, value: 7 },
    ];
    expect(readThrift(writeThrift(struct))).toEqual(struct);
  });

  it("refuse bytes that end early, integers no number holds, and kinds a footer has not", () => {
    expect(() => readThrift(Uint8Array.of(0x18, 5, 1))).toThrow("end within a value");
    expect(() => readThrift(Uint8Array.of(0x15))).toThrow("end within a value");
    expect(() => readThrift(Uint8Array.of(0x16, ...new Array<number>(9).fill(255), 1))).toThrow("too large");
    expect(() => readThrift(Uint8Array.of(0x1b, 0))).toThrow("there is no type 11");
  });
});
