import fc from "fast-check";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { escapeHtml } from "../../../src/workspace/site/escapeHtml.js";

describe("escapeHtml", () => {
  it("escapes the five characters that mean something in HTML, each once, and no other", () => {
    expect(escapeHtml(`<a href="x" title='y'>Cs & Pb</a>`)).toBe(
      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;Cs &amp; Pb&lt;/a&gt;",
    );
    expect(escapeHtml("&lt;")).toBe("&amp;lt;");
    expect(escapeHtml("Cs₄PbBr₆, 25 °C; `x` = {y}")).toBe("Cs₄PbBr₆, 25 °C; `x` = {y}");
  });

  it("makes of any text the same text in an element and in either kind of quotes", () => {
    const { document } = new JSDOM("").window;
    const place = document.createElement("div");
    const piece = fc.constantFrom("<", ">", "&", '"', "'", "</p>", "<script>", "&amp;", "&#39", "a", " ", "°");
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
        (text) => {
          const escaped = escapeHtml(text);
          place.innerHTML = `<p title="${escaped}" lang='${escaped}'>${escaped}</p>`;
          const [only, ...others] = place.children;
          expect([only.textContent, only.getAttribute("title"), only.getAttribute("lang"), others.length]).toEqual([
            text,
            text,
            text,
            0,
          ]);
        },
      ),
    );
  });

  it("writes what a page would obey and not show as its escape, and leaves lines and tabs", () => {
    expect(escapeHtml("a\tb\n\u202etxt\x1b<")).toBe("a\tb\n\\u202etxt\\u001b&lt;");
  });
});
