import { contentsHtml } from "./contentsHtml.js";
import type { Heading, PageMarkdown } from "./pageMarkdown.js";
import { plainText } from "./plainText.js";
import { sitePage } from "./sitePage.js";

/** A document of docs/ as the site shows it. */
export interface SiteDocument {
  /** Path from the project root: "docs/model-card.md". */
  readonly path: string;
  /** File name of its page. */
  readonly page: string;
  readonly titleHtml: string;
  readonly headings: readonly Heading[];
  readonly html: string;
}

/** Name of a document's page: docs/runbooks/README.md has doc-runbooks.html. */
export function documentPageName(path: string): string {
  return `doc-${path
    .replace(/^docs\//, "")
    .replace(/(?:\/README)?\.md$/, "")
    .replaceAll("/", "-")}.html`;
}

/** Renders a document. @param markdown  of this page alone */
export function siteDocument(path: string, source: string, markdown: PageMarkdown): SiteDocument {
  const html = markdown.html(source);
  const title = markdown.headings.find(({ level }) => level === 1);
  return {
    path,
    page: documentPageName(path),
    titleHtml: title?.html ?? path,
    headings: markdown.headings.filter((heading) => heading !== title && heading.level <= 3),
    html: title === undefined ? `<h1>${path}</h1>\n${html}` : html,
  };
}

/** Its page. */
export function documentPage({ path, page, titleHtml, headings, html }: SiteDocument): string {
  return sitePage({
    title: `${plainText(titleHtml)} · cspbbr3-twin`,
    bodyClass: "document",
    current: page,
    asideHtml: contentsHtml(headings),
    contentHtml: `<p class="file-name">${path}</p>\n<section class="prose">\n${html}</section>\n`,
  });
}
