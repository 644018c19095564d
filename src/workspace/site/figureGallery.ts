import { escapeHtml } from "./escapeHtml.js";
import { pictureHtml, type SiteFigure } from "./SiteFigure.js";
import type { SiteNotebook } from "./SiteNotebook.js";

/** Every picture of the notebooks with its title, linked to its place; "" where there is none. */
export function figureGallery(notebooks: readonly SiteNotebook[]): string {
  const items = notebooks.flatMap(({ name, figures }) =>
    figures
      .filter(({ svg }) => svg !== "")
      .map((figure) => {
        const picture = `${pictureHtml(figure)}<span>${captionHtml(figure)}</span>`;
        const place = `<span class="places">${name}, figure ${figure.number}</span>`;
        return `<li><a href="${name}.html#${figure.id}">${picture}</a> ${place}</li>`;
      }),
  );
  return items.length === 0 ? "" : `<ul class="gallery">\n${items.join("\n")}\n</ul>\n`;
}

/** What the description says before it comes to the values. */
function captionHtml({ alt }: SiteFigure): string {
  return escapeHtml(alt.split(/: |\. /)[0]);
}
