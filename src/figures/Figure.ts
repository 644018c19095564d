import { checkJson } from "../core/checkJson.js";
import { figureFont } from "./theme.js";

/** A Plotly figure as plain JSON, with what a file and a reader who cannot see it need. */
export interface Figure {
  /** File name in figures/ without its ending, e.g. "01-experiments-cs-pb-ratio". */
  readonly id: string;
  /** What a reader who cannot see the figure should know: what is drawn, and what it shows. */
  readonly alt: string;
  readonly data: readonly object[];
  readonly layout: object;
}

/** Trace types that renderSvg draws like a browser does; a test compares each of them with Chromium. */
export const drawableTypes: readonly string[] = ["bar", "box", "heatmap", "scatter", "violin"];

type Json = Readonly<Record<string, unknown>>;

/**
 * Refuses a figure that would be misdrawn or could not be read.
 *
 * Every axis in use must say its type and have a title with a unit in parentheses
 * ("Temperature (°C)", "Experiments (count)"); an axis of categories, or one
 * whose ticks are words, needs the title alone.
 *
 * @throws RangeError if an id, description, trace type, font, axis or number is at fault, or something in it is not
 *   plain JSON (a typed array, a function, a date); the message names the place and the mend
 */
export function checkFigure({ id, alt, data, layout }: Figure): void {
  const refuse = (must: string, got: string, mend: string): never => {
    throw new RangeError(`figure ${id}: ${must}; got ${got}; ${mend}`);
  };
  if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    refuse(
      "the id must be a file name such as 01-experiments-size",
      `"${id}"`,
      "use two digits, lower-case words and hyphens",
    );
  if (alt.trim().length < 20)
    refuse(
      "alt must describe the figure to a reader who cannot see it",
      `"${alt}"`,
      "say what is drawn and what it shows",
    );
  if (data.length === 0)
    refuse("data must hold at least one trace", "none", "draw a figure only where there is something to show");
  const check = { mend: "write null for a gap", visit: checkEntry };
  checkJson(data, `figure ${id}: data`, check);
  checkJson(layout, `figure ${id}: layout`, check);
  const traces = data as readonly Json[];
  const axes = layout as Readonly<Record<string, Json | undefined>>;
  if (axes.images !== undefined)
    refuse("layout.images must be absent, since a figure fetches nothing", "images", "draw shapes or annotations");
  traces.forEach((trace, index) => {
    const type = typeOf(trace);
    if (!drawableTypes.includes(type))
      refuse(
        `data[${index}].type must be one of ${drawableTypes.join(", ")}`,
        `"${type}"`,
        "draw it with one of these, or add the type with its comparison test",
      );
    if (trace.zsmooth)
      refuse(
        `data[${index}].zsmooth must be left out, since smoothing needs a canvas`,
        JSON.stringify(trace.zsmooth),
        "draw the cells as they are",
      );
    if (type === "heatmap")
      requireUnit(trace.colorbar as Json | undefined, `data[${index}].colorbar`, refuse, trace.showscale === false);
  });
  for (const letter of ["x", "y"] as const) {
    for (const name of new Set(traces.map((trace) => axisName(trace, letter)))) {
      const axis = axes[name];
      const type = axis?.type;
      if (type !== "linear" && type !== "log" && type !== "category" && type !== "date") {
        refuse(
          `layout.${name}.type must be linear, log, category or date`,
          String(type),
          "say it, so that Plotly does not guess from the values",
        );
      }
      requireUnit(axis, `layout.${name}`, refuse, type === "category" || type === "date" || hasWordsForTicks(axis));
      if (type === "log")
        traces
          .filter((trace) => axisName(trace, letter) === name)
          .forEach((trace) => requirePositive(trace, letter, name, refuse));
    }
  }
}

type Refuse = (must: string, got: string, mend: string) => never;

function typeOf(trace: Json): string {
  return (trace.type as string | undefined) ?? "scatter";
}

/** Layout name of the axis a trace uses: "x2" is layout.xaxis2. */
function axisName(trace: Json, letter: "x" | "y"): string {
  const reference = (trace[`${letter}axis`] as string | undefined) ?? letter;
  return `${letter}axis${reference.slice(1)}`;
}

/** Names of rows; "1,000" is a number still. */
function hasWordsForTicks(axis: Json | undefined): boolean {
  return Array.isArray(axis?.ticktext) && axis.ticktext.some((text) => !/^[\d.,\s]*$/.test(String(text)));
}

function requireUnit(owner: Json | undefined, where: string, refuse: Refuse, withoutUnit: boolean): void {
  const title = (owner?.title as Json | undefined)?.text;
  const text = typeof title === "string" ? title : "";
  if (text.trim() === "" && !(where.endsWith("colorbar") && withoutUnit))
    refuse(`${where}.title.text must name what is drawn`, `"${text}"`, "write it, with its unit");
  if (!withoutUnit && !/\([^()\s][^()]*\)/.test(text))
    refuse(
      `${where}.title.text must hold a unit in parentheses`,
      `"${text}"`,
      "write for example (nm), (share) or (count)",
    );
}

function requirePositive(trace: Json, letter: "x" | "y", name: string, refuse: Refuse): void {
  const values = trace[letter];
  const bad = Array.isArray(values) ? values.findIndex((value) => typeof value === "number" && value <= 0) : -1;
  if (bad >= 0)
    refuse(
      `values on the log axis ${name} must be above 0`,
      `${letter}[${bad}] = ${(values as unknown[])[bad]}`,
      "leave the point out and say so in the caption, or use a linear axis",
    );
}

/** One font alone, and no key without a value: a figure is compared as it stands. */
function checkEntry(key: string, value: unknown, where: string): void {
  if (value === undefined) throw new RangeError(`${where}.${key} must be plain JSON; got undefined; leave the key out`);
  if (key === "family" && value !== figureFont)
    throw new RangeError(
      `${where}.family must be ${figureFont}, whose widths the renderer knows; ` +
        `got ${typeof value === "string" ? value : typeof value}; leave it out`,
    );
}
