import { listHtml } from "./listHtml.js";

/** A part of a page under its own heading. */
export interface Section {
  readonly id: string;
  /** HTML. */
  readonly title: string;
  readonly html: string;
}

/** The part with its heading, which names it for screen readers too. */
export function sectionHtml({ id, title, html }: Section): string {
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${html}</section>\n`;
}

/** Links to the parts of a long page. */
export function jumpHtml(sections: readonly Pick<Section, "id" | "title">[]): string {
  const links = sections.map(({ id, title }) => `<a href="#${id}">${title}</a>`);
  return `<nav class="jump" aria-label="Parts of this page">\n${listHtml(links)}</nav>\n`;
}
