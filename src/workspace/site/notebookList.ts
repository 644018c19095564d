import type { SiteNotebook } from "./SiteNotebook.js";

/** Every notebook with its question and its first takeaway; the others stand on its page. */
export function notebookList(notebooks: readonly SiteNotebook[]): string {
  return `<ol class="notebooks">\n${notebooks.map(item).join("\n")}\n</ol>\n`;
}

function item({ name, titleHtml, questionHtml, takeawaysHtml: [first, ...others], failed }: SiteNotebook): string {
  const note = failed ? ' <strong class="unfinished">did not finish</strong>' : "";
  const question = questionHtml === null ? "" : `<p class="question">${questionHtml}</p>\n`;
  const takeaway = first === undefined ? '<p class="none">No takeaway.</p>' : `<p>${first}</p>`;
  const count = `${others.length} more ${others.length === 1 ? "conclusion" : "conclusions"}`;
  const more = others.length === 0 ? "" : `\n<p class="places"><a href="${name}.html">${count}</a></p>`;
  return `<li>\n<h3><a href="${name}.html">${titleHtml}</a>${note}</h3>\n${question}${takeaway}${more}\n</li>`;
}
