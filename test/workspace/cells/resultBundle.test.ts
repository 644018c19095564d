import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable } from "../../../src/core/Table.js";
import { displayMethod, resultBundle } from "../../../src/workspace/cells/resultBundle.js";
import { toDataFrame } from "../../../src/workspace/cells/toDataFrame.js";

const table = makeTable(
  {
    sizeNanometre: { kind: "number", unit: "nm", meaning: "edge length" },
    shape: { kind: "category", unit: "", meaning: "habit" },
  },
  { sizeNanometre: Float64Array.of(NaN, 12.5), shape: categoryColumn(["cube", "sheet"]) },
);

/** Captions, heads and cells of an HTML table. */
function cellsOf({ "text/html": html }: Readonly<Record<string, unknown>>): string[] {
  return [...String(html).matchAll(/<(?:caption|t[hd])(?: [^>]*)?>([^<]*)/g)].map(([, text]) => text);
}

describe("resultBundle", () => {
  it("shows texts as they are and all else as util.inspect has it, without colours", async () => {
    expect(await resultBundle("a\nb")).toEqual({ "text/plain": "a\nb" });
    expect(await resultBundle(null)).toEqual({ "text/plain": "null" });
    expect(await resultBundle([1, undefined])).toEqual({ "text/plain": "[ 1, undefined ]" });
    expect(await resultBundle(new Map([["k", { deep: [1] }]]))).toEqual({
      "text/plain": "Map(1) { 'k' => { deep: [ 1 ] } }",
    });
  });

  it("makes a table of records, their first rows, all their fields", async () => {
    const rows = Array.from({ length: 25 }, (_, at) => (at === 1 ? { a: at, b: { c: 1 } } : { a: at }));
    const bundle = await resultBundle(rows);
    expect(cellsOf(bundle).slice(0, 7)).toEqual(["25 rows, the first 20", "a", "b", "0", "–", "1", "{ c: 1 }"]);
    expect(cellsOf(bundle)).toHaveLength(1 + 2 + 20 * 2);
    expect(bundle["text/plain"]).toMatch(/^\[\n/);
  });

  it("makes no table of lists, of instances and of an empty list", async () => {
    for (const value of [[[1]], [new Date(0)], [], [{}], [1, { a: 1 }]])
      expect(Object.keys(await resultBundle(value))).toEqual(["text/plain"]);
  });

  it("shows a table of this package and a data frame of it as tables", async () => {
    const cells = ["2 rows", "sizeNanometre", "shape", "–", "cube", "12.5", "sheet"];
    expect(cellsOf(await resultBundle(table))).toEqual(cells);
    expect(cellsOf(await resultBundle(await toDataFrame(table)))).toEqual(
      cells.map((cell) => (cell === "shape" ? "shape_" : cell)),
    );
  });

  it("lets a value say itself how it is shown, as Deno's kernel does, or by toHtml", async () => {
    expect(await resultBundle({ [displayMethod]: () => Promise.resolve({ "text/html": "<i>1</i>" }) })).toMatchObject({
      "text/html": "<i>1</i>",
    });
    expect(await resultBundle({ toHtml: () => "<b>2</b>" })).toMatchObject({ "text/html": "<b>2</b>" });
  });

  it("says of a timer only that it is one: its times differ from run to run", async () => {
    const timer = setTimeout(() => undefined, 1);
    clearTimeout(timer);
    expect(await resultBundle(timer)).toEqual({ "text/plain": "[Timeout]" });
  });

  it("tells a value that cannot be printed instead of failing", async () => {
    const shy = {
      get [Symbol.toStringTag](): string {
        throw new Error("no");
      },
    };
    expect(await resultBundle(shy)).toEqual({ "text/plain": "[a value that cannot be printed: no]" });
  });
});
