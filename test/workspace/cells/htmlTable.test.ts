import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlTable } from "../../../src/workspace/cells/htmlTable.js";

describe("htmlTable", () => {
  it("writes caption, headed columns with units, headed rows, and numbers on the right", () => {
    const { html, text } = htmlTable({
      caption: "Rows by table",
      columns: [{ name: "table" }, { name: "size", unit: "nm" }],
      rows: [
        ["recipes", 12.34567],
        ["platelets", null],
      ],
    });
    expect(html).toBe(
      "<table>\n<caption>Rows by table</caption>\n" +
        '<thead><tr><th scope="col" style="text-align:left">table</th>' +
        '<th scope="col" style="text-align:right">size (nm)</th></tr></thead>\n<tbody>\n' +
        '<tr><th scope="row" style="text-align:left">recipes</th><td style="text-align:right">12.3</td></tr>\n' +
        '<tr><th scope="row" style="text-align:left">platelets</th><td style="text-align:right">–</td></tr>\n' +
        "</tbody>\n</table>",
    );
    expect(text).toBe(
      "Rows by table\ntable      size (nm)\n---------  ---------\nrecipes         12.3\nplatelets          –",
    );
  });

  it.each([
    [1234567, "1,234,567"],
    [-2016.4, "-2,016"],
    [99.96, "100"],
    [15, "15"],
    [0.1 + 0.2, "0.3"],
    [-0.000123456, "-0.000123"],
    [1.23456e-7, "1.23e-7"],
    [1e300, "1e+300"],
    [-0, "0"],
    [Infinity, "Infinity"],
    [NaN, "–"],
  ])("writes %d as %s", (value, written) => {
    expect(htmlTable({ caption: "", columns: [{ name: "a" }], rows: [[value]] }).html).toContain(`>${written}</td>`);
  });

  it("lets no text become markup", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (caption, name, cell) => {
        const tags = [...htmlTable({ caption, columns: [{ name }], rows: [[cell]] }).html.matchAll(/<[^>]*>/g)].map(
          ([tag]) => tag,
        );
        expect(tags.map((tag) => tag.replace(/ style="text-align:left"/, ""))).toEqual([
          "<table>",
          "<caption>",
          "</caption>",
          "<thead>",
          "<tr>",
          '<th scope="col">',
          "</th>",
          "</tr>",
          "</thead>",
          "<tbody>",
          "<tr>",
          '<th scope="row">',
          "</th>",
          "</tr>",
          "</tbody>",
          "</table>",
        ]);
      }),
    );
  });

  it("refuses a row of another length, by its index", () => {
    expect(() => htmlTable({ caption: "", columns: [{ name: "a" }, { name: "b" }], rows: [[1, 2], [3]] })).toThrow(
      "every row needs 2 values, one per column; row 1 has 1",
    );
    expect(() => htmlTable({ caption: "", columns: [], rows: [] })).toThrow("at least one column");
  });

  it("shows control characters of captions, heads and cells as their escapes, in HTML and in text", () => {
    const hostile = "\x1b]0;pwned\x07\u202ered";
    const shown = String.raw`\u001b]0;pwned\u0007\u202ered`;
    const { html, text } = htmlTable({ caption: hostile, columns: [{ name: hostile }], rows: [[hostile]] });
    expect(text).toBe(`${shown}\n${shown}\n${"-".repeat(shown.length)}\n${shown}`);
    expect(html.split(shown)).toHaveLength(4);
    expect(html).not.toMatch(/[\x07\x1b\u202e]/);
  });
});
