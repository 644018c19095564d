import { describe, expect, it } from "vitest";
import { loadMarkdown } from "../../../src/workspace/site/pageMarkdown.js";
import { siteNotebook, type SiteNotebook } from "../../../src/workspace/site/SiteNotebook.js";
import type { Cell } from "../../../src/workspace/notebooks/Notebook.js";
import { code, display, hostile, markdown } from "./siteFixture.js";

const rendered = async (...cells: Cell[]): Promise<SiteNotebook> => {
  const pageMarkdown = await loadMarkdown();
  return siteNotebook(
    "01-a",
    { cells },
    { markdown: pageMarkdown((href) => href), highlight: (source) => source, evidence: new Map() },
  );
};

describe("siteNotebook", () => {
  it("escapes the ids of cells, which another program may have written", async () => {
    const { cellsHtml } = await rendered({ ...code("1;"), id: `a${hostile}` });
    expect(cellsHtml).toContain('id="cell-a&lt;/script&gt;&lt;img');
    expect(cellsHtml).not.toContain("<img");
  });

  it("takes title, question and takeaways from Markdown cells and displays alike, and numbers code cells", async () => {
    const concluding = code("1;", display({ "text/markdown": "**Takeaway.** Two." }));
    const page = await rendered(
      markdown("# A **title**\n\n**Question.** Why *not*?\n\n## Part\n\n**Takeaway.** One."),
      code("0;"),
      concluding,
    );
    expect(page.questionHtml).toBe("Why <em>not</em>?");
    expect(page.titleHtml).toBe("A <strong>title</strong>");
    expect(page.headings.map(({ id }) => id)).toEqual(["part"]);
    expect(page.takeawaysHtml).toEqual(["One.", "Two."]);
    expect(page.cellsHtml).toContain(
      `id="cell-${concluding.id}">\n<p class="cell-number"><a href="#cell-${concluding.id}">Cell 2</a></p>`,
    );
    expect(page.failed).toBe(false);
  });

  it("heads a notebook without a title by its name, and says when a cell failed", async () => {
    const page = await rendered(code("1;", { output_type: "error", ename: "Error", evalue: "no lead", traceback: [] }));
    expect(page.cellsHtml).toMatch(/^<h1>01-a<\/h1>/);
    expect(page.failed).toBe(true);
  });

  it("shows raw cells as the text that they are, and takes an announced error for none", async () => {
    const error = { output_type: "error", ename: "Error", evalue: "expected", traceback: [] } as const;
    const announced = { ...code("1;", error), metadata: { tags: ["raises-exception", "hide-input"] } };
    const page = await rendered({ cell_type: "raw", id: "r", source: `\\LaTeX ${hostile}` }, announced);
    expect(page.cellsHtml).toContain('<pre class="source">\\LaTeX &lt;/script&gt;');
    expect(page.cellsHtml).toContain('<pre class="source"><code>1;</code></pre>');
    expect(page.failed).toBe(false);
  });
});
