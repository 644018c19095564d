import { describe, expect, it } from "vitest";
import { protobufField } from "../../../src/training/files/protobufField.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("protobufField", () => {
  it("writes the examples of the specification: a varint, a text, a message in a message", () => {
    expect(hex(protobufField(1, 150))).toBe("089601");
    expect(hex(protobufField(2, "testing"))).toBe("120774657374696e67");
    expect(hex(protobufField(3, [protobufField(1, 150)]))).toBe("1a03089601");
  });

  it("writes tags above 15, lengths above 127, whole numbers above 2^32, and nothing at all", () => {
    expect(hex(protobufField(16, 1))).toBe("800101");
    expect(hex(protobufField(1, new Uint8Array(300)).subarray(0, 3))).toBe("0aac02");
    expect(hex(protobufField(1, 2 ** 35))).toBe("08808080808001");
    expect([hex(protobufField(1, "")), hex(protobufField(1, [])), hex(protobufField(1, 0))]).toEqual([
      "0a00",
      "0a00",
      "0800",
    ]);
  });
});
