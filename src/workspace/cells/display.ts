import { visibleText } from "../../core/visibleText.js";
import { visibleTexts } from "../../core/visibleTexts.js";
import type { Figure } from "../../figures/Figure.js";
import { outputPath } from "../../io/projectPath.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { displayHook } from "../kernel/displayHook.js";
import type { MimeBundle } from "../notebooks/Notebook.js";

/** What a cell can show: a figure, HTML or Markdown (with an optional plain text), or a MIME bundle. */
export type Displayable =
  | Figure
  | { readonly html: string; readonly text?: string }
  | { readonly markdown: string }
  | Readonly<Record<`${string}/${string}`, unknown>>;

/**
 * Shows something in the notebook: `await display(figure)`.
 *
 * A figure becomes one display in three forms (interactive Plotly, static SVG, its
 * description) and the file `figures/ID.svg`. Outside a kernel the file is written all
 * the same, and the plain text is printed.
 *
 * @throws TypeError  if it is none of these
 * @throws RangeError if the figure cannot be drawn (see checkFigure)
 * @throws InputError if the figure's file cannot be written
 */
export async function display(thing: Displayable): Promise<void> {
  const data = await bundle(thing);
  const hook = displayHook();
  if (hook === null) console.log(visibleText(String(data["text/plain"]), { layout: true }));
  else hook.show(data);
}

/** The MIME bundle that stands for a thing. */
export async function bundle(thing: Displayable): Promise<MimeBundle> {
  if (isFigure(thing)) return figureBundle(thing);
  if ("html" in thing && typeof thing.html === "string") {
    return {
      "text/html": thing.html,
      "text/plain": typeof thing.text === "string" ? thing.text : withoutTags(thing.html),
    };
  }
  if ("markdown" in thing && typeof thing.markdown === "string")
    return { "text/markdown": thing.markdown, "text/plain": thing.markdown };
  const types = Object.keys(thing);
  if (types.length === 0 || !types.every((type) => type.includes("/"))) {
    throw new TypeError(
      "display: must get a figure, { html }, { markdown } or a MIME bundle; " +
        `got an object with ${types.join(", ") || "nothing"}; print other values with console.log`,
    );
  }
  return "text/plain" in thing ? thing : { ...thing, "text/plain": `[${types.join(", ")}]` };
}

async function figureBundle(figure: Figure): Promise<MimeBundle> {
  // Drawing needs a DOM and Plotly, some hundred milliseconds that a notebook without figures need not spend.
  const { renderSvg } = await import("../../figures/render/renderSvg.js");
  const svg = await renderSvg(figure);
  await writeAtomic(outputPath("figures", `${figure.id}.svg`), svg);
  return {
    "application/vnd.plotly.v1+json": visibleTexts({ data: figure.data, layout: figure.layout }),
    "image/svg+xml": svg,
    "text/plain": visibleText(figure.alt, { layout: true }),
  };
}

export function isFigure(thing: object): thing is Figure {
  return "data" in thing && Array.isArray(thing.data) && "layout" in thing && "id" in thing;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&amp;": "&",
};

function withoutTags(html: string): string {
  return html
    .replace(/<(br|\/p|\/tr|\/li|\/h\d|\/div|\/caption)\b[^>]*>/gi, "\n")
    .replace(/<\/t[dh]>/gi, "\t")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity) => entities[entity])
    .replace(/[\t ]*\n\s*/g, "\n")
    .trim();
}
