import { contentsHtml } from "./contentsHtml.js";
import { plainText } from "./plainText.js";
import type { SiteNotebook } from "./SiteNotebook.js";
import { sitePage } from "./sitePage.js";

const unfinished = [
  "<strong>This notebook did not finish.</strong>",
  "A cell ended with the error shown below; later cells did not run.",
];

/** Page of a notebook, between those of its neighbours. */
export function notebookPage(
  notebook: SiteNotebook,
  { previous, next }: { readonly previous: SiteNotebook | undefined; readonly next: SiteNotebook | undefined },
): string {
  const { name, titleHtml, headings, cellsHtml, failed } = notebook;
  const notice = failed ? `<p class="notice error" role="note">${unfinished.join(" ")}</p>\n` : "";
  return sitePage({
    title: `${plainText(titleHtml)} · cspbbr3-twin`,
    bodyClass: "notebook",
    current: `${name}.html`,
    asideHtml: contentsHtml(headings),
    contentHtml: `<p class="file-name">notebooks/${name}.ipynb</p>\n${notice}${cellsHtml}${neighbours(previous, next)}`,
  });
}

function neighbours(previous: SiteNotebook | undefined, next: SiteNotebook | undefined): string {
  const link = (notebook: SiteNotebook | undefined, relation: "prev" | "next", words: string): string =>
    notebook === undefined
      ? ""
      : `<a rel="${relation}" href="${notebook.name}.html"><span>${words}</span> ${notebook.titleHtml}</a>\n`;
  if (previous === undefined && next === undefined) return "";
  const links = `${link(previous, "prev", "Previous")}${link(next, "next", "Next")}`;
  return `<nav class="neighbours" aria-label="Neighbouring notebooks">\n${links}</nav>\n`;
}
