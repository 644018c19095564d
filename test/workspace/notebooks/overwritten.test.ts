import { describe, expect, it } from "vitest";
import { overwritten } from "../../../src/workspace/notebooks/overwritten.js";

describe("overwritten", () => {
  it.each([
    ["plain\ntext", "plain\ntext"],
    ["10 %\r50 %\r100 %", "100 %"],
    ["longer\rab", "abnger"],
    ["line\r\nnext\r\n", "line\nnext\n"],
    ["done\r", "done"],
    ["abc\b\bX", "aX"],
    ["\b\bab", "ab"],
    ["keep\nab\rc", "keep\ncb"],
    ["é😀\rx", "x😀"],
  ])("shows %j as a terminal does", (text, shown) => {
    expect(overwritten(text)).toBe(shown);
  });
});
