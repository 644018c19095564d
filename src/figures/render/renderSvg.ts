import { createRequire } from "node:module";
import { Script } from "node:vm";
import type { DOMWindow } from "jsdom";
import { visibleText } from "../../core/visibleText.js";
import { visibleTexts } from "../../core/visibleTexts.js";
import { readText } from "../../io/readText.js";
import type { Figure } from "../Figure.js";
import { checkFigure } from "../Figure.js";
import { recordCanvas, type RecordedCanvas } from "./recordCanvas.js";
import { installSvgGeometry } from "./installSvgGeometry.js";
import { textMetrics } from "./textMetrics.js";
import { figureHeight, figureWidth } from "../theme.js";

interface Plotly {
  toImage(figure: object, options: object): Promise<string>;
}

const files = createRequire(import.meta.url);
let bundle: Promise<Script> | undefined;

/**
 * A figure as a standalone SVG document, drawn by Plotly in Node without a browser.
 * Equal figures give equal bytes, in any order and in any process. Texts are drawn as they can be seen (visibleText).
 *
 * Plotly keeps caches and counters in its window, so every figure has a window of
 * its own; only the compiled bundle is shared.
 *
 * @throws RangeError as checkFigure
 * @throws Error      if Plotly reports an error while drawing
 */
export async function renderSvg(figure: Figure): Promise<string> {
  checkFigure(figure);
  const [{ JSDOM, VirtualConsole }, { svgPathProperties }, metrics, script] = await Promise.all([
    import("jsdom"),
    import("svg-path-properties"),
    textMetrics(),
    compiledBundle(),
  ]);
  const faults: Error[] = [];
  const virtualConsole = new VirtualConsole();
  // What jsdom lacks and Plotly only probes for is no fault of the figure; all else is.
  virtualConsole.on("jsdomError", (error) => {
    if ((error as Error & { type?: string }).type !== "not-implemented") faults.push(error);
  });
  const dom = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    virtualConsole,
  });
  try {
    const { window } = dom;
    installSvgGeometry(window, metrics, svgPathProperties);
    const canvas = recordCanvas(window);
    seedIds(window, figure.id);
    Object.assign(window.URL, { createObjectURL: () => "blob:unused" });
    script.runInContext(dom.getInternalVMContext());
    const { width = figureWidth, height = figureHeight } = figure.layout as { width?: number; height?: number };
    // Objects of the window's own realm: Plotly copies and tells plain objects by their constructor.
    const copy = window.JSON.parse(
      JSON.stringify({ ...visibleTexts({ data: figure.data, layout: figure.layout }), config: { staticPlot: true } }),
    ) as object;
    const drawn = await (window.Plotly as Plotly).toImage(copy, { format: "svg", width, height, imageDataOnly: true });
    if (faults.length > 0)
      throw new Error(`renderSvg: figure ${figure.id} could not be drawn: ${faults[0].message}`, { cause: faults[0] });
    return standalone(window, drawn, figure, canvas);
  } finally {
    dom.window.close();
  }
}

function compiledBundle(): Promise<Script> {
  bundle ??= readText(files.resolve("plotly.js-cartesian-dist-min/plotly-cartesian.min.js")).then(
    (source) => new Script(source, { filename: "plotly-cartesian.min.js" }),
  );
  return bundle;
}

/**
 * Plotly names its clip paths with Math.random. Inside the window it draws from a
 * generator seeded with the figure's id, so that ids are the same in every run and differ between figures of one page.
 */
function seedIds(window: DOMWindow, id: string): void {
  let state = 0;
  for (const character of id) state = (Math.imul(state, 31) + character.codePointAt(0)!) >>> 0;
  (window.Math as { random: () => number }).random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Adds what a reader of the file alone needs: role, title, description, a viewBox that lets it scale. */
function standalone(window: DOMWindow, drawn: string, { id, alt, layout }: Figure, canvas: RecordedCanvas): string {
  const document = new window.DOMParser().parseFromString(drawn, "image/svg+xml");
  const svg = document.documentElement;
  canvas.vectorise(svg);
  const create = (name: string, text: string): Element => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    element.setAttribute("id", `figure-${id}-${name}`);
    element.textContent = visibleText(text, { layout: true });
    return element;
  };
  const heading = (layout as { title?: { text?: string } }).title?.text ?? id;
  svg.prepend(create("title", plainText(heading)), create("desc", alt));
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `figure-${id}-title figure-${id}-desc`);
  return `${new window.XMLSerializer().serializeToString(svg)}\n`;
}

/** Plotly's markup (<br>, <sub>, <b>) as words. */
function plainText(markup: string): string {
  return markup.replace(/<br\s*\/?>/g, " ").replace(/<[^>]*>/g, "");
}
