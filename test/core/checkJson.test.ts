import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/core/canonicalJson.js";
import { checkJson } from "../../src/core/checkJson.js";

describe("checkJson", () => {
  it("lets pass what comes back from JSON as it went in, and only that", () => {
    const value = fc.anything({ withTypedArray: true, withMap: true, withDate: true, withNullPrototype: false });
    fc.assert(
      fc.property(value, (any) => {
        let passes = true;
        try {
          checkJson(any, "value");
        } catch {
          passes = false;
        }
        // Keys without a value go; -0 comes back as 0, which is the same number.
        if (passes) expect(JSON.stringify(JSON.parse(canonicalJson(any)))).toBe(JSON.stringify(any));
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (json) => checkJson(json, "value")));
  });

  it.each([
    ["a number that JSON has not", { a: [1, NaN] }, "value.a[1] must be finite, as JSON has no NaN"],
    ["an infinite number", Infinity, "value must be finite"],
    ["a typed array", { a: { b: Float32Array.of(1) } }, "value.a.b must be plain JSON; got Float32Array"],
    ["a function", { onProgress: () => true }, "value.onProgress must be plain JSON; got function"],
    ["a date", [new Date(0)], "value[0] must be plain JSON; got Date"],
    ["a gap in a list", { a: [1, undefined] }, "value.a[1] must be plain JSON; got undefined"],
    ["a map", new Map(), "value must be plain JSON; got Map"],
  ])("refuses %s, and names its place", (_, value, words) => {
    expect(() => checkJson(value, "value")).toThrow(RangeError);
    expect(() => checkJson(value, "value")).toThrow(words);
  });
});
