import { visibleText } from "../../core/visibleText.js";
import { visibleTexts } from "../../core/visibleTexts.js";
import type { MimeBundle } from "../notebooks/Notebook.js";
import { escapeHtml } from "./escapeHtml.js";
import { scriptJson } from "./scriptJson.js";

/** A figure of a notebook as its page and the front page show it. */
export interface SiteFigure {
  /** Anchor on the notebook's page. */
  readonly id: string;
  readonly number: number;
  /** Path of the static picture from the site's folder, or its data address. */
  readonly file: string;
  /** The picture itself; "" where the display had none. */
  readonly svg: string;
  /** What a reader who cannot see it should know. */
  readonly alt: string;
  /** CSS pixels of the drawing. */
  readonly width: number;
  readonly height: number;
  /** Plotly's {data, layout}; null where the display is a picture only. */
  readonly plot: { readonly data: unknown; readonly layout: object } | null;
}

/**
 * Reads a display that holds a picture, a Plotly figure or both.
 *
 * @param page    name of the notebook
 * @param number  of the figure on its page, from 1
 * @returns null if the display holds neither
 */
export function siteFigure(bundle: MimeBundle, page: string, number: number): SiteFigure | null {
  const svg = typeof bundle["image/svg+xml"] === "string" ? standalone(bundle["image/svg+xml"]) : "";
  const plot = asPlot(bundle["application/vnd.plotly.v1+json"]);
  if (svg === "" && plot === null) return null;
  const layout = (plot?.layout ?? {}) as { width?: unknown; height?: unknown };
  const [, viewWidth, viewHeight] =
    /<svg[^>]*?\sviewBox="[\d.+-]+[ ,]+[\d.+-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(svg) ?? [];
  return {
    id: `figure-${number}`,
    number,
    file: `figures/${page}-${number}.svg`,
    svg,
    alt: altText(bundle, svg) || `Figure ${number}`,
    width: firstNumber(viewWidth, layout.width, 720),
    height: firstNumber(viewHeight, layout.height, 450),
    plot,
  };
}

/**
 * The figure on its page. Without scripts the static picture shows; with scripts the page's
 * script draws the interactive plot over it, in the same box, when the box comes into view.
 */
export function figureHtml(figure: SiteFigure): string {
  const { id, number, file, svg, alt, width, height, plot } = figure;
  const picture = svg === "" ? `<p class="no-picture">${escapeHtml(alt)}</p>` : pictureHtml(figure);
  const spec = plot === null ? "" : `\n<script type="application/json">${scriptJson(plot)}</script>`;
  // A browser opens no data address as a page.
  const isAlone = svg !== "" && !canRunScripts(svg) && !file.startsWith("data:");
  const link = !isAlone ? "" : ` <a href="${escapeHtml(file)}">picture alone (SVG)</a>`;
  const size = `style="--width:${width};--height:${height}"`;
  const boxClass = plot === null ? "plot-box" : "plot-box interactive";
  const hint = '<span class="scroll-hint"> · scroll sideways to see all of it</span>';
  return `<figure class="plot" id="${id}">
<div class="plot-scroll" ${size}>
<div class="${boxClass}" ${size} data-label="${escapeHtml(alt)}">${picture}</div>
</div>${spec}
<figcaption><span class="figure-number">Figure ${number}</span>${link}${hint}</figcaption>
</figure>
`;
}

/** The static picture: an image of its own file, so that ids inside two pictures of one page cannot clash. */
export function pictureHtml({ file, alt, width, height }: SiteFigure): string {
  return `<img src="${escapeHtml(file)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">`;
}

function asPlot(value: unknown): SiteFigure["plot"] {
  const plot = typeof value === "string" ? parsedOrNull(value) : value;
  if (typeof plot !== "object" || plot === null || !("data" in plot)) return null;
  const layout = "layout" in plot && typeof plot.layout === "object" && plot.layout !== null ? plot.layout : {};
  return visibleTexts({ data: plot.data, layout });
}

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Characters without width by which Plotly comes back from a sub- or superscript: without them the rest is shifted. */
const baselineShift = /(\u200b(?=<tspan style="font-size:70%")|(?<=<tspan dy="-?[\d.]+em">)\u200b(?=<\/tspan>))/;

/** Browsers draw an SVG file only if it names its namespace; inline SVG may leave it out. */
function standalone(svg: string): string {
  // A control character would make the file no XML.
  const visible = svg
    .replace(/\r\n?/g, "\n")
    .split(baselineShift)
    .map((part) => (part === "\u200b" ? part : visibleText(part, { layout: true })))
    .join("");
  return /<svg[^>]*\sxmlns=/.test(visible)
    ? visible
    : visible.replace(/<svg\b/, '<svg xmlns="http://www.w3.org/2000/svg"');
}

function altText(bundle: MimeBundle, svg: string): string {
  const plain = bundle["text/plain"];
  if (typeof plain === "string" && plain.trim() !== "") return plain.trim();
  const words = (/<desc\b[^>]*>([^<]+)</.exec(svg) ?? /<title\b[^>]*>([^<]+)</.exec(svg))?.[1] ?? "";
  return words
    .trim()
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

function firstNumber(...candidates: readonly unknown[]): number {
  return candidates.map(Number).find((value) => Number.isFinite(value) && value > 0)!;
}

/**
 * Inside a page the picture is an <img>, where nothing runs; opened by itself it is a document. Ours have no scripts.
 */
function canRunScripts(svg: string): boolean {
  return /<(script|foreignObject|iframe)|\son\w+\s*=|javascript:/i.test(svg);
}
