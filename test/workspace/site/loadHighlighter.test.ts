import { describe, expect, it } from "vitest";
import { loadHighlighter } from "../../../src/workspace/site/loadHighlighter.js";

describe("loadHighlighter", () => {
  it("shows marks that make code read in another order than it runs (Trojan source), and keeps lines", async () => {
    const highlight = await loadHighlighter();
    const html = highlight('const a = "\u202e<b>";\r\n\tb();\x1b');
    expect(html).toContain(String.raw`\u202e&lt;b&gt;`);
    expect(html).toMatch(/\n\tb\(\);\\u001b$|\n\t<.*b.*\(\);\\u001b$/);
    expect(html).not.toMatch(/[\r\x1b\u202e]/);
  });
});
