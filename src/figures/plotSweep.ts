import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { logTicks } from "./logTicks.js";
import {
  band,
  figureLayout,
  formulaMarkup,
  phaseColour,
  phaseColours,
  phaseMarks,
  referenceLine,
  titleWithLine,
} from "./theme.js";

/** Shares of the phases while one knob of a recipe turns. */
export interface Sweep {
  readonly id: string;
  readonly title: string;
  /** The knob with its unit, and ascending values; above 0 where `log` asks for a logarithmic axis. */
  readonly x: { readonly title: string; readonly values: readonly number[]; readonly log?: boolean };
  /** A share in [0, 1] for each value of the knob, with the bounds of its uncertainty where there are any. */
  readonly lines: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] };
  }[];
  /** What is drawn, with its unit: "Part of the precipitated lead (share)". */
  readonly yTitle: string;
  /** Products that were published at some value of the knob, said to be pure: markers at 1. */
  readonly products?: readonly { readonly x: number; readonly phase: string; readonly label: string }[];
  /** A value of the knob to be marked, and its words. */
  readonly reference?: { readonly at: number; readonly label: string };
}

/**
 * Figure of shares over a knob: one line per phase, in its colour and its own dash, over a pale band where bounds are
 * given.
 *
 * @throws RangeError if the knob's values do not ascend, a phase is unknown, lengths differ, a product or the reference
 *   lies outside, a share leaves [0, 1] or its bounds
 */
export function plotSweep({ id, title, x, lines, yTitle, products = [], reference }: Sweep): Figure {
  const { values: knob, log = false } = x;
  if (knob.length < 2 || (log && !(knob[0] > 0)) || knob.some((value, i) => i > 0 && !(value > knob[i - 1]))) {
    throw new RangeError(
      `plotSweep: ${x.title} needs two values or more that ascend${log ? " from above 0" : ""}; ` +
        `got [${knob.join(", ")}]`,
    );
  }
  lines.forEach((line) => {
    checkLine(line, knob.length);
  });
  const [first, last] = [knob[0], knob[knob.length - 1]];
  if (reference !== undefined && !(reference.at >= first && reference.at <= last))
    throw new RangeError(`plotSweep: the reference must lie between ${first} and ${last}; got ${reference.at}`);
  products.forEach(({ phase }) => phaseColour(phase));
  const outside = products.find((product) => !(product.x >= first && product.x <= last));
  if (outside !== undefined)
    throw new RangeError(
      `plotSweep: published products must lie between ${first} and ${last}; got ${outside.x} (${outside.label})`,
    );
  const ordered = Object.keys(phaseColours).flatMap((phase) => lines.filter(({ name }) => name === phase));
  const named = Object.keys(phaseColours).filter(
    (phase) => lines.some(({ name }) => name === phase) || products.some((product) => product.phase === phase),
  );
  const [from, to, at] = [first, last, reference?.at ?? first].map((value) => (log ? Math.log10(value) : value));
  const place = (at - from) / (to - from);
  const ticks = log ? logTicks(first, last) : [];
  const range = `from ${short(first)} to ${short(last)}`;
  const each = ordered.map(({ name, values }) => {
    const highest = Math.max(...values);
    const ends = `from ${values[0].toFixed(2)} to ${values[values.length - 1].toFixed(2)}`;
    return `${name} ${ends}, highest ${highest.toFixed(2)} at ${short(knob[values.indexOf(highest)])}`;
  });
  const made = products.map((product) => `${product.phase} at ${short(product.x)} (doi:${product.label})`);
  return {
    id,
    alt: alternativeText(
      `${title}: ${yTitle} against ${x.title}${log ? ", logarithmic axis," : ""} ${range}.`,
      `${each.join("; ")}.`,
      made.length === 0 ? null : `Published products: ${made.join(", ")}.`,
      reference === undefined ? null : `Dashed line at ${short(reference.at)}: ${reference.label}.`,
    ),
    data: [
      ...ordered.flatMap((line) =>
        line.band === undefined ? [] : [band(knob, line.band.low, line.band.high, phaseColour(line.name))],
      ),
      ...ordered.map(({ name, values }) => ({
        type: "scatter",
        mode: "lines",
        name: formulaMarkup(name),
        showlegend: products.length === 0,
        x: knob,
        y: values,
        line: lineOf(name),
      })),
      ...products.map(({ x: place, phase, label }) => ({
        type: "scatter",
        mode: "markers",
        showlegend: false,
        x: [place],
        y: [1],
        text: [label],
        hovertemplate: `%{text}<br>made ${formulaMarkup(phase)}<extra></extra>`,
        marker: markerOf(phase),
      })),
      ...(products.length === 0
        ? []
        : named.map((phase) =>
            legendEntry(phase, {
              line: lines.some(({ name }) => name === phase),
              marker: products.some((product) => product.phase === phase),
            }),
          )),
    ],
    layout: figureLayout(
      {
        title: products.length === 0 ? formulaMarkup(title) : titleWithLine(title, "symbols at 1: published products"),
        xaxis: log
          ? {
              type: "log",
              title: x.title,
              range: [Math.log10(first), Math.log10(last)],
              tickvals: ticks,
              ticktext: ticks.map(String),
            }
          : { type: "linear", title: x.title, range: [first, last] },
        yaxis: {
          type: "linear",
          title: yTitle,
          range: [-0.02, products.length === 0 ? 1.02 : 1.06],
          tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1],
        },
        ...(reference === undefined
          ? {}
          : referenceLine({
              axis: "x",
              at: reference.at,
              label: formulaMarkup(reference.label),
              log,
              anchor: place < 0.2 ? "left" : place > 0.8 ? "right" : "center",
            })),
      },
      { legend: named },
    ),
  };
}

function lineOf(phase: string): object {
  return { color: phaseColour(phase), dash: phaseMarks[phase].dash, width: 3 };
}

function markerOf(phase: string): object {
  return {
    symbol: phaseMarks[phase].symbol,
    color: phaseColour(phase),
    size: 13,
    line: { color: "#ffffff", width: 1.5 },
  };
}

/** Nothing but a name with the line and the symbol of its phase, so that both are told apart without colour. */
function legendEntry(phase: string, { line, marker }: { readonly line: boolean; readonly marker: boolean }): object {
  const mode = [...(line ? ["lines"] : []), ...(marker ? ["markers"] : [])].join("+");
  return {
    type: "scatter",
    mode,
    name: formulaMarkup(phase),
    x: [null],
    y: [null],
    line: lineOf(phase),
    marker: markerOf(phase),
  };
}

function checkLine({ name, values, band: bounds }: Sweep["lines"][number], length: number): void {
  phaseColour(name);
  const { low, high } = bounds ?? { low: values, high: values };
  if ([values, low, high].some((each) => each.length !== length))
    throw new RangeError(
      `plotSweep: ${name} needs ${length} values, one for each of the knob's, and as many bounds; ` +
        `got ${values.length}, ${low.length}, ${high.length}`,
    );
  const bad = values.findIndex((value, i) => !(0 <= low[i] && low[i] <= value && value <= high[i] && high[i] <= 1));
  if (bad >= 0)
    throw new RangeError(
      `plotSweep: ${name} must have 0 <= low <= value <= high <= 1; ` +
        `got ${low[bad]}, ${values[bad]}, ${high[bad]} at place ${bad}`,
    );
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
