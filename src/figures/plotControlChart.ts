import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { band, figureLayout, formulaMarkup, ink, referenceLine, seriesStyles } from "./theme.js";

/** What is watched over time or rows, where it should lie, and what happened when. */
export interface ControlChart {
  readonly id: string;
  readonly title: string;
  /** Days, weeks or requests, with the unit. */
  readonly xTitle: string;
  /** What is watched, with its unit: "Wrong answers (share)". */
  readonly yTitle: string;
  /** Points in the order of their places. */
  readonly series: readonly { readonly name: string; readonly points: readonly ControlPoint[] }[];
  /** What the intervals are: "95 % intervals over rows". */
  readonly intervals: string;
  /** Where it lies while all is well. */
  readonly reference: { readonly at: number; readonly label: string };
  /** What happened, from left to right: a change, an alarm, a decision. */
  readonly events: readonly { readonly at: number; readonly label: string }[];
}

/** A value at a place, with its interval. */
export interface ControlPoint {
  readonly at: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Figure of a monitored number over time: one line per series over the band of its intervals. A dotted line shows where
 * it should lie, a vertical one each thing that happened.
 *
 * @throws RangeError if there is no series or more than styles, places do not ascend, a value is outside its interval,
 *   or an event lies outside of the places
 */
export function plotControlChart({
  id,
  title,
  xTitle,
  yTitle,
  series,
  intervals,
  reference,
  events,
}: ControlChart): Figure {
  if (series.length === 0 || series.length > seriesStyles.length)
    throw new RangeError(
      `plotControlChart: 1 to ${seriesStyles.length} series can be told apart; got ${series.length}`,
    );
  for (const { name, points } of series) {
    const bad = points.findIndex(
      ({ at, value, low, high }, i) => !((i === 0 || at > points[i - 1].at) && low <= value && value <= high),
    );
    if (points.length === 0 || bad >= 0)
      throw new RangeError(
        `plotControlChart: ${name} needs points with ascending places and low <= value <= high; ` +
          `got ${points.length === 0 ? "none" : JSON.stringify(points[bad])}`,
      );
  }
  const places = series.flatMap(({ points }) => points.map(({ at }) => at));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const room = 0.02 * (last - first || 1);
  const outside = events.find(({ at }) => !(at >= first && at <= last));
  if (outside !== undefined)
    throw new RangeError(`plotControlChart: events must lie between ${first} and ${last}; got ${outside.at}`);
  const ends = [reference.at, ...series.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]))];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const margin = 0.06 * (most - least || 1);
  const legend = [...series.map(({ name }) => name), reference.label];
  const lines = events.map(({ at, label }, i) =>
    referenceLine({ axis: "x", at, label: formulaMarkup(label), anchor: sideOf(events, i, first, last) }),
  );
  return {
    id,
    alt: alternativeText(
      `${title}: ${yTitle} over ${xTitle}, with ${intervals}.`,
      `${series.map(({ name, points }) => courseOf(name, points)).join("; ")}.`,
      `Dotted line at ${short(reference.at)}: ${reference.label}.`,
      events.map(({ at, label }) => `At ${short(at)}: ${label}.`).join(" "),
    ),
    data: [
      ...series.map(({ points }, i) =>
        band(
          points.map(({ at }) => at),
          points.map(({ low }) => low),
          points.map(({ high }) => high),
          seriesStyles[i].colour,
        ),
      ),
      ...series.map(({ name, points }, i) => ({
        type: "scatter",
        mode: points.length > 60 ? "lines" : "lines+markers",
        name: formulaMarkup(name),
        x: points.map(({ at }) => at),
        y: points.map(({ value }) => value),
        line: { color: seriesStyles[i].colour, width: 2.5, dash: i === 0 ? "solid" : "6px,4px" },
        marker: { color: seriesStyles[i].colour, symbol: seriesStyles[i].symbol, size: 7 },
      })),
      // In the legend, since a label on the line would stand in the course of what is watched.
      {
        type: "scatter",
        mode: "lines",
        name: formulaMarkup(reference.label),
        x: [first, last],
        y: [reference.at, reference.at],
        line: { color: ink, width: 1.5, dash: "2px,3px" },
      },
    ],
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        xaxis: { type: "linear", title: xTitle, range: [first - room, last + room] },
        yaxis: { type: "linear", title: yTitle, range: [least - margin, most + margin] },
        shapes: lines.flatMap(({ shapes }) => shapes),
        annotations: lines.flatMap(({ annotations }) => annotations),
      },
      { legend, entryWidth: Math.ceil(8 * Math.max(...legend.map((name) => name.length))) },
    ),
  };
}

/** Labels of neighbours stand on either side, and none leaves the plot. */
function sideOf(events: ControlChart["events"], i: number, first: number, last: number): "left" | "center" | "right" {
  const place = (events[i].at - first) / (last - first);
  if (place > 0.75) return "right";
  if (place < 0.2) return "left";
  if (events.length === 1) return "center";
  return i === 0 ? "right" : "left";
}

function courseOf(name: string, points: readonly ControlPoint[]): string {
  const [start, end] = [points[0], points[points.length - 1]];
  return `${name} from ${short(start.value)} at ${short(start.at)} to ${short(end.value)} at ${short(end.at)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
