import type { SiteNotebook } from "./SiteNotebook.js";
import { sitePage } from "./sitePage.js";

/** Page of a notebook, between those of its neighbours. */
export function notebookPage(notebook: SiteNotebook, { previous, next }: { readonly previous: SiteNotebook | undefined; readonly next: SiteNotebook | undefined }): string {
  const { name, titleHtml, headings, cellsHtml, failed } = notebook;
  const notice = failed ? `<p class="notice error" role="note"><strong>This notebook did not finish.</strong> A cell ended with the error shown below; later cells did not run.</p>\n` : "";
  return sitePage({
    title: `${plainText(titleHtml)} · cspbbr3-twin`,
    bodyClass: "notebook",
    current: `${name}.html`,
    asideHtml: contents(headings),
    contentHtml: `<p class="file-name">notebooks/${name}.ipynb</p>\n${notice}${cellsHtml}${neighbours(previous, next)}`,
  });
}

function contents(headings: SiteNotebook["headings"]): string {
  if (headings.length === 0) return "";
  const items = headings.map(({ level, id, html }) => `<li class="level-${level}"><a href="#${id}">${html}</a></li>`).join("\n");
  return `<nav class="contents" aria-labelledby="contents-title">\n<p id="contents-title">On this page</p>\n<ol>\n${items}\n</ol>\n</nav>\n`;
}

function neighbours(previous: SiteNotebook | undefined, next: SiteNotebook | undefined): string {
  const link = (notebook: SiteNotebook | undefined, relation: "prev" | "next", words: string): string =>
    notebook === undefined ? "" : `<a rel="${relation}" href="${notebook.name}.html"><span>${words}</span> ${notebook.titleHtml}</a>\n`;
  if (previous === undefined && next === undefined) return "";
  return `<nav class="neighbours" aria-label="Neighbouring notebooks">\n${link(previous, "prev", "Previous")}${link(next, "next", "Next")}</nav>\n`;
}

/** For the window's title, which shows no markup: a formula's source stands in for the formula. */
function plainText(html: string): string {
  return html
    .replace(/<math[\s\S]*?<annotation[^>]*>([\s\S]*?)<\/annotation>[\s\S]*?<\/math>/g, "$1")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}
