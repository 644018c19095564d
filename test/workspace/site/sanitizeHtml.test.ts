import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sanitizeHtml } from "../../../src/workspace/site/sanitizeHtml.js";

describe("sanitizeHtml", () => {
  it.each([
    ["<script>alert(1)</script>after", "after"],
    ["<style>p{display:none}</style><p>text</p>", "<p>text</p>"],
    ["<p onclick='x()' style='position:fixed'>text</p>", "<p>text</p>"],
    ['<a href="javascript:x()">a</a>', "<a>a</a>"],
    ['<a href="&#106;avascript:x()">a</a>', "<a>a</a>"],
    ['<a href="//elsewhere.test/">a</a>', "<a>a</a>"],
    ['<iframe src="https://elsewhere.test"></iframe>', ""],
    ['<img src="https://elsewhere.test/a.png" alt="what it shows">', "what it shows"],
    ["<!-- remark --><p>text", "<p>text</p>"],
    ["<b><i>crossed</b></i>", "<b><i>crossed</i></b>"],
    ["1 < 2 and <unknown>inside</unknown>", "1 &lt; 2 and inside"],
    ['<b title="<script>">t</b>', '<b title="&lt;script&gt;">t</b>'],
    ["<p>\u202etxt.exe\x1b[2J &#8238;&#x1B;&#65;&#10;</p>", "<p>\\u202etxt.exe\\u001b[2J \\u202e\\u001b&#65;&#10;</p>"],
  ])("makes %s into %s", (given, wanted) => {
    expect(sanitizeHtml(given)).toBe(wanted);
  });

  it.each([
    '<table><caption>Shares</caption><tr><th scope="col">n</th>' +
      '<td align="right" colspan="2">1 &amp; 2</td></tr></table>',
    "Cs<sub>4</sub>PbBr<sub>6</sub>",
    '<a href="https://doi.org/10.1/x?a=1&amp;b=2">paper</a> <a href="#part">part</a> ' +
      '<a href="02-generation.html#x">next</a> <a href="../README.md">up</a>',
    '<th scope="col" style="text-align:right">n</th>',
    '<label>bootstrap <progress value="3" max="10"></progress> 3 of 10</label>',
    '<img src="data:image/png;base64,AAAA" alt="dot">',
  ])("keeps %s as it is", (html) => {
    expect(sanitizeHtml(html)).toBe(html);
  });

  const fragments = fc.constantFrom(
    "<",
    ">",
    "<b",
    "</b>",
    "<script",
    "</script>",
    "<p ",
    "onload=x()",
    ' href="',
    "javascript:",
    "'",
    '"',
    "=",
    "/",
    "<!--",
    "-->",
    "<svg/onload=x>",
    "<td>",
    "text",
    " ",
    "&lt;",
    "<a href=x",
  );
  it("lets through nothing but known elements with known attributes, each closed, whatever it gets", () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 30 }), (parts) => {
        const html = sanitizeHtml(parts.join(""));
        const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
        expect(html.replace(/<\/?(?:b|p|td|a)(?: (?:href|start|title)="[^"<>]*")*>/g, "")).not.toMatch(/[<>]/);
        expect(tags.filter((tag) => !tag.startsWith("</"))).toHaveLength(tags.length / 2);
        expect(sanitizeHtml(html)).toBe(html);
      }),
    );
  });
});
