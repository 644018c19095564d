import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBody } from "../../src/serving/parseBody.js";

const parse = (text: string): unknown => parseBody(Buffer.from(text));

describe("parseBody", () => {
  it("gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value, null, 2);
        fc.pre(!/"(?:__proto__|constructor|prototype)"|\d{16}/.test(text));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses what is 10,000 deep, in no time and no stack", () => {
    for (const deep of ["[".repeat(10_000), '{"a":'.repeat(10_000), "[".repeat(10_000) + "]".repeat(10_000)])
      expect(() => parse(deep)).toThrow("at most 16 deep");
  });

  it("refuses keys that objects inherit, however they are written, and leaves them as texts", () => {
    for (const key of ["__proto__", "constructor", "prototype", "\\u005f_proto__", "\\u005F\\u005fproto__"])
      expect(() => parse(`{"a": [{"${key}" : 1}]}`), key).toThrow("no key may be");
    expect(parse('{"a": "__proto__", "b": ["constructor"]}')).toEqual({ a: "__proto__", b: ["constructor"] });
  });

  it("refuses a key that comes twice in an object, not in two", () => {
    expect(() => parse('{"a": 1, "b": {"a": 1}, "a": 2}')).toThrow('"a" twice');
    expect(() => parse('{"a": 1, "\\u0061": 2}')).toThrow('"a" twice');
    expect(parse('[{"a": 1}, {"a": 2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("is not misled by colons in texts and spaces before them", () => {
    for (const text of ['{"a:" : 1, "b": 2, "b": ":"}', '{"b" :1,"b":":"}', '{"b"\n: ":::", "b"\t: 1}'])
      expect(() => parse(text), text).toThrow('"b" twice');
    expect(parse('{"doi:10" : "a:b", "c": ["::"]}')).toEqual({ "doi:10": "a:b", c: ["::"] });
  });

  it.each(["", "{", '{"a": NaN}', "[1,]", '"\\x"', '{"a": 1} {', '{"a', "\u0000", "\ufeff{}"])(
    "refuses %j, which is no JSON",
    (text) => {
      expect(() => parse(text)).toThrow("the body must be JSON");
    },
  );

  it("refuses what is no UTF-8", () => {
    expect(() => parseBody(Uint8Array.of(34, 255, 34))).toThrow("must be UTF-8");
  });

  it("leaves whole numbers that no Float64 carries as they are written, as files are read", () => {
    expect(parse('{"lab": 12345678901234567890, "a": 0.12345678901234567}')).toEqual({
      lab: "12345678901234567890",
      a: 0.12345678901234567,
    });
  });
});
