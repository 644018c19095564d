import { beforeAll, describe, expect, it } from "vitest";
import { loadMarkdown, type PageMarkdown } from "../../../src/workspace/site/pageMarkdown.js";

describe("loadMarkdown", () => {
  let page: () => PageMarkdown;
  beforeAll(async () => {
    const load = await loadMarkdown();
    page = () => load((href) => href.replace("01-a.ipynb", "01-a.html"));
  });

  it.each([
    ["a ratio of $r = 2$ is", 1],
    ["$$\n\\ln S\n$$", 1],
    ["between $a$ and $b$", 2],
    ["it costs $5 or $10", 0],
    ["code `$a$` stays", 0],
    ["`$HOME` after $5, `$x`", 0],
    ["```\n$$a$$\n```", 0],
    ["escaped \\$a\\$ stays", 0],
    ["**bold $n$** and | no table | $m$ |", 2],
  ])("finds the formulas of %j: %i", (source, count) => {
    expect(
      page()
        .html(source)
        .match(/<math /g) ?? [],
    ).toHaveLength(count);
  });

  it("writes formulas as MathML with their source, and no span of a font that is not there", () => {
    const html = page().html("$K_{sp} < 1$");
    expect(html).toContain('<annotation encoding="application/x-tex">K_{sp} &lt; 1</annotation>');
    expect(html).not.toContain("katex-html");
  });

  it("shows a formula with a fault instead of failing the page", () => {
    expect(page().html("before $\\frac{1$ after")).toMatch(/before .*katex-error.* after/s);
  });

  it("gives headings unique anchors, over all texts of a page, without links in the contents", () => {
    const one = page();
    const html = one.html("# Über $K_{sp}$\n\n## [Why](x.html)?") + one.html("## Why");
    expect(one.headings.map(({ level, id }) => ({ level, id }))).toEqual([
      { level: 1, id: "über" },
      { level: 2, id: "why" },
      { level: 2, id: "why-2" },
    ]);
    expect(one.headings[0].html).toContain("<math");
    expect(one.headings[1].html).toBe("Why?");
    for (const { id } of one.headings) expect(html).toContain(`id="${id}"`);
  });

  it("marks takeaways and gives them as inline HTML without their label", () => {
    const source = "# Title\n\nText with **Takeaway** inside.\n\n**Takeaway.** Only 41 % of *recipes*.\n";
    expect(page().labelled("Takeaway", `${source}\n**Takeaway**: And $x$.`)).toEqual([
      "Only 41 % of <em>recipes</em>.",
      expect.stringMatching(/^And <span class="katex"><math/),
    ]);
    expect(page().labelled("Takeaway", "Text with **Takeaway** inside.")).toEqual([]);
    expect(page().labelled("Question", `**Question.** Is it?\n\n${source}`)).toEqual(["Is it?"]);
    expect(
      page()
        .html(source)
        .match(/<p class="takeaway"><strong>Takeaway/g),
    ).toHaveLength(1);
  });

  it("drops scripts of raw HTML, keeps subscripts, and sends links through linkOf", () => {
    expect(page().html("Cs<sub>4</sub><script>x()</script> [first](01-a.ipynb)")).toBe(
      '<p>Cs<sub>4</sub> <a href="01-a.html">first</a></p>\n',
    );
  });

  it("keeps the words of a link to a file that has no page, with the file's path", async () => {
    const none = (await loadMarkdown())(() => null);
    expect(none.html("See [how to *help*](../CONTRIBUTING.md).")).toBe(
      "<p>See how to <em>help</em> (<code>CONTRIBUTING.md</code>).</p>\n",
    );
  });

  it("makes no heading of a table's empty corner", () => {
    const html = page().html("||value|\n|---|---:|\n|a|1|");
    expect(html).toContain("<td></td>");
    expect(html).toContain('<th align="right">value</th>');
  });

  it("puts a table in a box that scrolls on its own", () => {
    expect(page().html("|a|b|\n|---|---:|\n|1|2|")).toMatch(
      /^<div class="table-box"><table>[\s\S]*<td align="right">2<\/td>[\s\S]*<\/table>\n<\/div>\n$/,
    );
  });

  it("keeps a formula out of attributes", () => {
    expect(page().html('![$x$](data:image/png;base64,AA "t")')).not.toMatch(/="[^"]*<math/);
  });
});
