import type { Estimate } from "../core/statistics/Estimate.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { logTicks } from "./logTicks.js";
import { errorBar, figureLayout, formulaMarkup, referenceLine, seriesStyles } from "./theme.js";

/** How models improve with training rows. */
export interface LearningCurves {
  readonly id: string;
  readonly title: string;
  /** What is measured, with its unit: "Log loss (nats)". */
  readonly yTitle: string;
  readonly curves: readonly { readonly name: string; readonly points: readonly CurvePoint[] }[];
  /** What no model can beat, or a constant answer's value. */
  readonly reference: { readonly at: number; readonly label: string };
}

/** A measured value at a number of training rows, with its 95 % interval. */
export interface CurvePoint extends Estimate {
  readonly rows: number;
}

/**
 * Figure of learning curves: one line per model over training rows on a logarithmic axis, every point with its
 * interval. A dashed line stands at the reference.
 *
 * @throws RangeError if there is no curve, there are more than styles, rows do not ascend
 *   from above 0, or a value is outside its interval
 */
export function plotLearningCurves({ id, title, yTitle, curves, reference }: LearningCurves): Figure {
  if (curves.length === 0 || curves.length > seriesStyles.length)
    throw new RangeError(
      `plotLearningCurves: 1 to ${seriesStyles.length} curves can be told apart; got ${curves.length}`,
    );
  for (const { name, points } of curves) {
    const bad = points.findIndex(
      ({ rows, value, interval: { low, high } }, i) =>
        !(rows > (i === 0 ? 0 : points[i - 1].rows) && low <= value && value <= high),
    );
    if (bad >= 0 || points.length === 0)
      throw new RangeError(
        `plotLearningCurves: ${name} needs points with ascending rows and low <= value <= high; ` +
          `got ${points.length === 0 ? "none" : JSON.stringify(points[bad])}`,
      );
  }
  const rows = curves.flatMap(({ points }) => points.map((point) => point.rows));
  const [from, to] = [Math.min(...rows) / 1.2, Math.max(...rows) * 1.2];
  const ends = [
    reference.at,
    ...curves.flatMap(({ points }) => points.flatMap(({ interval: { low, high } }) => [low, high])),
  ];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const margin = 0.08 * (most - least || 1);
  const ticks = logTicks(from, to);
  const each = curves.map(({ name, points }) => {
    const values = points.map(({ rows: at, value }) => `${short(value)} at ${at}`);
    return `${name}: ${values.join(", ")}`;
  });
  return {
    id,
    alt: alternativeText(
      `${title}: ${yTitle} against training rows, logarithmic axis, with 95 % intervals.`,
      `${each.join("; ")}.`,
      `Dashed line at ${short(reference.at)}: ${reference.label}.`,
    ),
    data: curves.map(({ name, points }, i) => {
      const { colour, symbol } = seriesStyles[i];
      const [values, lows, highs] = [
        points.map(({ value }) => value),
        points.map(({ interval }) => interval.low),
        points.map(({ interval }) => interval.high),
      ];
      return {
        type: "scatter",
        mode: "lines+markers",
        name: formulaMarkup(name),
        x: points.map((point) => point.rows),
        y: values,
        error_y: errorBar(values, lows, highs, colour),
        line: { color: colour, width: 2 },
        marker: { color: colour, symbol, size: 9 },
        cliponaxis: false,
      };
    }),
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        xaxis: {
          type: "log",
          title: "Training rows (experiments)",
          range: [Math.log10(from), Math.log10(to)],
          tickvals: ticks,
          ticktext: ticks.map((tick) => tick.toLocaleString("en-US")),
        },
        yaxis: { type: "linear", title: yTitle, range: [least - margin, most + margin] },
        ...referenceLine({ axis: "y", at: reference.at, label: formulaMarkup(reference.label), anchor: "left" }),
      },
      { legend: curves.map(({ name }) => name) },
    ),
  };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
