import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../../../src/workspace/notebooks/firstDifference.js";

describe("firstDifference", () => {
  it.each([
    ['{"a":[1,{"b":2}]}', '{"a":[1,{"b":3}]}', "a[1].b", "2", "3"],
    ['{"a":1}', '{"a":1,"c":null}', "c", "absent", "null"],
    ["[1]", '{"0":1}', "the whole", "[1]", '{"0":1}'],
    ["1", "2", "the whole", "1", "2"],
    ['{"a": 1}', '{"a":1}', "line 1, column 6", '{"a": 1}', '{"a":1}'],
    ["a\nb\n", "a\nc\n", "line 2, column 1", "b", "c"],
    ["a", "a\nb", "line 2, column 1", "end of file", "b"],
  ])("of %j and %j is at its place", (one, other, where, standing, rerun) => {
    expect(firstDifference(one, other)).toEqual({ where, standing, rerun });
  });

  it("shows a long line around the difference", () => {
    const long = "x".repeat(1000);
    const { where, standing, rerun } = firstDifference(`${long}a${long}`, `${long}b${long}`);
    expect(where).toBe("line 1, column 1001");
    expect(standing).toMatch(/^…x{40}ax{39}…$/);
    expect(rerun).toMatch(/^…x{40}bx{39}…$/);
  });

  it("shows values that differ, for any two texts that differ", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        const { standing, rerun } = firstDifference(one, other);
        expect(standing).not.toBe(rerun);
      }),
    );
  });
});
