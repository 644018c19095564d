import { tagsOf, type Cell, type Notebook, type Output } from "../notebooks/Notebook.js";
import { escapeHtml } from "./escapeHtml.js";
import { linkTakeaway } from "./linkTakeaway.js";
import type { SiteEvidence } from "./SiteEvidence.js";
import { siteFigure, figureHtml, type SiteFigure } from "./SiteFigure.js";
import { outputHtml } from "./outputHtml.js";
import type { Heading, PageMarkdown } from "./pageMarkdown.js";

/** What the pages of the site show of one notebook. Texts named `...Html` are HTML. */
export interface SiteNotebook {
  /** "01-experiments": its page is `<name>.html`. */
  readonly name: string;
  readonly titleHtml: string;
  /** What it asks; null where it does not say. */
  readonly questionHtml: string | null;
  /** What it concludes, in its order. */
  readonly takeawaysHtml: readonly string[];
  /** Headings below the title. */
  readonly headings: readonly Heading[];
  readonly figures: readonly SiteFigure[];
  readonly cellsHtml: string;
  /** A cell ended with an error. */
  readonly failed: boolean;
}

/** What the cells of one page are rendered with. */
export interface CellRendering {
  /** Of this page alone: heading ids are unique within it. */
  readonly markdown: PageMarkdown;
  /** TypeScript -> HTML. */
  readonly highlight: (source: string) => string;
  /** Files by id, to which numbers in takeaways are linked. */
  readonly evidence: ReadonlyMap<string, SiteEvidence>;
}

/**
 * Renders the cells of a notebook: raw ones as the text that they are. Tags that hide a cell from other converters
 * hide nothing here, so that a reader sees what ran.
 */
export function siteNotebook(
  name: string,
  notebook: Notebook,
  { markdown, highlight, evidence }: CellRendering,
): SiteNotebook {
  const figures: SiteFigure[] = [];
  const texts: string[] = [];
  let number = 0;
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type === "markdown") {
      texts.push(cell.source);
      return `<section class="prose" id="cell-${escapeHtml(cell.id)}">\n${markdown.html(cell.source)}</section>\n`;
    }
    if (cell.cell_type === "raw") {
      const text = `<pre class="source">${escapeHtml(cell.source)}</pre>`;
      return `<section class="raw" id="cell-${escapeHtml(cell.id)}">\n${text}\n</section>\n`;
    }
    const outputs = cell.outputs.map((given) => {
      const output = withLinks(given, cell.source, evidence);
      if ("data" in output) {
        if (typeof output.data["text/markdown"] === "string") texts.push(output.data["text/markdown"]);
        const figure = siteFigure(output.data, name, figures.length + 1);
        if (figure !== null) {
          figures.push(figure);
          return figureHtml(figure);
        }
      }
      return outputHtml(output, (source) => markdown.html(source));
    });
    const code = cell.source.trim() === "" ? "" : `<pre class="source"><code>${highlight(cell.source)}</code></pre>\n`;
    const id = `cell-${escapeHtml(cell.id)}`;
    const heading = `<p class="cell-number"><a href="#${id}">Cell ${++number}</a></p>\n`;
    return `<section class="code" id="${id}">\n${heading}${code}${outputs.join("")}</section>\n`;
  });
  const title = markdown.headings.find(({ level }) => level === 1);
  return {
    name,
    titleHtml: title?.html ?? name,
    questionHtml: texts.flatMap((text) => markdown.labelled("Question", text))[0] ?? null,
    takeawaysHtml: texts.flatMap((text) => markdown.labelled("Takeaway", text)),
    headings: markdown.headings.filter((heading) => heading !== title && heading.level <= 3),
    figures,
    // The page has one main heading: a notebook without a title gets its name.
    cellsHtml: title === undefined ? `<h1>${name}</h1>\n${cells.join("")}` : cells.join(""),
    failed: notebook.cells.some(hasFailed),
  };
}

/** An error that its cell announces by a tag ended nothing. */
function hasFailed(cell: Cell): boolean {
  if (cell.cell_type !== "code" || tagsOf(cell).includes("raises-exception")) return false;
  return cell.outputs.some(({ output_type }) => output_type === "error");
}

function withLinks(output: Output, source: string, evidence: ReadonlyMap<string, SiteEvidence>): Output {
  if (!("data" in output) || typeof output.data["text/markdown"] !== "string") return output;
  return {
    ...output,
    data: { ...output.data, "text/markdown": linkTakeaway(output.data["text/markdown"], source, evidence) },
  };
}
