import type { Estimate, PointEstimate } from "../core/statistics/Estimate.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import {
  errorBar,
  figureHeight,
  figureLayout,
  formulaMarkup,
  ink,
  referenceLine,
  type ReferenceLines,
  seriesStyles,
} from "./theme.js";

/** What has no interval is drawn as a mark alone. */
type Shown = Estimate | PointEstimate;

/** Two estimates of the same quantity per row: before and after, small and large. */
export interface EstimatePairs {
  readonly id: string;
  readonly title: string;
  /** What the quantity is, with its unit in parentheses. */
  readonly xTitle: string;
  readonly yTitle: string;
  /**
   * Names of the two, for the legend: the first is drawn hollow and above; the second, in
   * the first style, is what the figure is about.
   */
  readonly series: readonly [string, string];
  readonly reference: { readonly at: number; readonly label: string };
  /** What no row can exceed but by chance: a line with the band of its interval. */
  readonly ceiling?: { readonly estimate: Estimate; readonly label: string };
  /** What the intervals are, for those who cannot see them (default "95 % intervals"). */
  readonly intervals?: string;
  /** From the top. */
  readonly rows: readonly { readonly name: string; readonly estimates: readonly [Shown, Shown] }[];
}

const rowHeight = 46;
const apart = 0.16;

/**
 * Figure of estimates in pairs: one row per name with two marks, each with its interval. A dashed line stands at the
 * reference, and where there is a ceiling a band from end to end of its interval with a line at its value.
 *
 * @throws RangeError if there is no row, two have one name, or a value is outside its interval
 */
export function plotEstimatePairs({
  id,
  title,
  xTitle,
  yTitle,
  series,
  reference,
  ceiling,
  intervals = "95 % intervals",
  rows,
}: EstimatePairs): Figure {
  if (rows.length === 0) throw new RangeError("plotEstimatePairs: at least one row is needed; got none");
  const names = rows.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`plotEstimatePairs: every row needs a name of its own; got "${twice}" twice`);
  const judged = ceiling === undefined ? rows : [...rows, { name: ceiling.label, estimates: [ceiling.estimate] }];
  for (const { name, estimates } of judged) {
    for (const { value, interval } of estimates) {
      const [low, high] = endsOf({ value, interval });
      if (!(low <= value && value <= high))
        throw new RangeError(
          `plotEstimatePairs: ${name} must have low <= value <= high; got ${low}, ${value}, ${high}`,
        );
    }
  }
  const ends = [reference.at, ...judged.flatMap(({ estimates }) => estimates.flatMap(endsOf))];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const margin = 0.06 * (most - least || 1);
  const line = referenceLine({
    axis: "x",
    at: reference.at,
    label: formulaMarkup(reference.label),
    anchor: reference.at > (least + most) / 2 ? "right" : "left",
  });
  const top = ceiling === undefined ? { shapes: [], annotations: [] } : ceilingBand(ceiling, (least + most) / 2);
  const inWords = ({ value, interval }: Shown): string =>
    interval === null ? number(value) : `${number(value)} (${number(interval.low)} to ${number(interval.high)})`;
  const each = rows.map(
    ({ name, estimates: [first, second] }) =>
      `${name}: ${series[0]} ${inWords(first)}, ${series[1]} ${inWords(second)}`,
  );
  return {
    id,
    alt: alternativeText(
      `${title}: ${xTitle}, with ${intervals}.`,
      `${each.join("; ")}.`,
      `Dashed line at ${number(reference.at)}: ${reference.label}.`,
      ...(ceiling === undefined ? [] : [`Solid line at ${inWords(ceiling.estimate)}: ${ceiling.label}.`]),
    ),
    data: series.map((name, k) => {
      const own = rows.map(({ estimates }) => estimates[k]);
      const { colour, symbol } = seriesStyles[1 - k];
      return {
        type: "scatter",
        mode: "markers",
        name,
        x: own.map(({ value }) => value),
        y: own.map((_, row) => row + (k === 0 ? -apart : apart)),
        ...(own.every(({ interval }) => interval === null)
          ? {}
          : {
              error_x: errorBar(
                own.map(({ value }) => value),
                own.map((one) => endsOf(one)[0]),
                own.map((one) => endsOf(one)[1]),
                colour,
              ),
            }),
        marker: { symbol, size: 11, color: k === 0 ? "#ffffff" : colour, line: { color: colour, width: 2 } },
        cliponaxis: false,
      };
    }),
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        height: Math.max(figureHeight, 200 + rowHeight * rows.length),
        xaxis: { type: "linear", title: xTitle, range: [least - margin, most + margin] },
        yaxis: {
          type: "linear",
          title: yTitle,
          tickvals: names.map((_, row) => row),
          ticktext: names.map(formulaMarkup),
          range: [rows.length - 0.5, -0.5],
          showgrid: false,
        },
        shapes: [...top.shapes, ...line.shapes],
        annotations: [...line.annotations, ...top.annotations],
      },
      { legend: series, plotWidth: 500 },
    ),
  };
}

/** The label stands at the foot of the plot, on the side of the line with more room: the head is the reference's. */
function ceilingBand(
  { estimate: { value, interval }, label }: NonNullable<EstimatePairs["ceiling"]>,
  middle: number,
): ReferenceLines {
  const upright = { xref: "x", yref: "paper", y0: 0, y1: 1 };
  return {
    shapes: [
      {
        type: "rect",
        ...upright,
        x0: interval.low,
        x1: interval.high,
        fillcolor: "#eef1f4",
        line: { width: 0 },
        layer: "below",
      },
      { type: "line", ...upright, x0: value, x1: value, line: { color: ink, width: 1.5 } },
    ],
    annotations: [
      {
        text: formulaMarkup(label),
        xref: "x",
        x: value,
        xanchor: value > middle ? "right" : "left",
        yref: "paper",
        y: 0,
        yanchor: "bottom",
        showarrow: false,
        font: { color: ink },
      },
    ],
  };
}

function endsOf({ value, interval }: Pick<Shown, "value" | "interval">): readonly [number, number] {
  return interval === null ? [value, value] : [interval.low, interval.high];
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
