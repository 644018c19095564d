import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { logTicks } from "./logTicks.js";
import { figureLayout, ink, seriesStyles } from "./theme.js";

/** Predicted values beside measured ones, in parts that are told apart. */
export interface ParityPlot {
  readonly id: string;
  readonly title: string;
  readonly quantity: string;
  readonly unit: string;
  readonly isLogarithmic: boolean;
  readonly parts: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

/**
 * Figure of measured against predicted values: a point per experiment, and the line on which both are equal.
 *
 * @throws RangeError if there is no point, more parts than styles, or a value that the axis cannot show
 */
export function plotParity({ id, title, quantity, unit, isLogarithmic, parts }: ParityPlot): Figure {
  if (parts.length > seriesStyles.length)
    throw new RangeError(`plotParity: up to ${seriesStyles.length} parts can be told apart; got ${parts.length}`);
  const all = parts.flatMap(({ points }) => points.flat());
  if (all.length === 0) throw new RangeError("plotParity: at least one point is needed; got none");
  const bad = all.find((value) => !Number.isFinite(value) || (isLogarithmic && value <= 0));
  if (bad !== undefined)
    throw new RangeError(`plotParity: values must be ${isLogarithmic ? "above 0" : "finite"}; got ${bad}`);
  const scale = (value: number): number => (isLogarithmic ? Math.log10(value) : value);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const margin = 0.05 * (scale(most) - scale(least) || 1);
  const range: readonly [number, number] = [scale(least) - margin, scale(most) + margin];
  const ends = range.map((end) => (isLogarithmic ? 10 ** end : end));
  const tickvals = isLogarithmic ? logTicks(ends[0], ends[1]) : [];
  const ticks = isLogarithmic ? { tickvals, ticktext: tickvals.map(String) } : {};
  const inWords = parts.map(({ name, points }) => {
    const errors = points.map(([predicted, measured]) => Math.abs(predicted - measured)).sort((a, b) => a - b);
    const middle = errors[Math.floor(errors.length / 2)] ?? 0;
    return `${name}: ${points.length} experiments, median error ${Number(middle.toPrecision(2))} ${unit}`;
  });
  const axis = isLogarithmic ? "log" : "linear";
  return {
    id,
    alt: alternativeText(
      `${title}: measured against predicted ${quantity} (${unit}).`,
      `${inWords.join("; ")}.`,
      "Dashed line: both are equal.",
    ),
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "equal",
        x: ends,
        y: ends,
        line: { color: ink, width: 1.5, dash: "6px,4px" },
      },
      ...parts.map(({ name, points }, k) => ({
        type: "scatter" as const,
        mode: "markers" as const,
        name,
        x: points.map(([predicted]) => predicted),
        y: points.map(([, measured]) => measured),
        marker: {
          symbol: seriesStyles[k].symbol,
          size: 7,
          color: "rgba(255,255,255,0)",
          line: { color: seriesStyles[k].colour, width: 1.5 },
        },
      })),
    ],
    layout: figureLayout(
      {
        title,
        xaxis: { type: axis, title: `Predicted ${quantity} (${unit})`, range: [...range], ...ticks },
        yaxis: { type: axis, title: `Measured ${quantity} (${unit})`, range: [...range], ...ticks },
      },
      { legend: ["equal", ...parts.map(({ name }) => name)] },
    ),
  };
}
