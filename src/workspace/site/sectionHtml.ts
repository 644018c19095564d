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
  return `<nav class="jump" aria-label="Parts of this page">\n<ul>\n${sections.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join("\n")}\n</ul>\n</nav>\n`;
}
