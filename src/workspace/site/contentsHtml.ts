import type { Heading } from "./pageMarkdown.js";

/** Contents of a page, beside its text on wide screens. */
export function contentsHtml(headings: readonly Heading[]): string {
  if (headings.length === 0) return "";
  const items = headings.map(({ level, id, html }) => `<li class="level-${level}"><a href="#${id}">${html}</a></li>`);
  return `<nav class="contents" aria-labelledby="contents-title">
<p id="contents-title">On this page</p>
<ol>
${items.join("\n")}
</ol>
</nav>
`;
}
