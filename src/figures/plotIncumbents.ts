import type { Estimate } from "../core/statistics/Estimate.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { shortNumber } from "./shortNumber.js";
import { band, figureLayout, formulaMarkup, ink, seriesStyles } from "./theme.js";
import { valueAxis } from "./valueAxis.js";

/** Mean of the best value so far over several studies, after so much was spent. */
export interface IncumbentPoint extends Estimate {
  /** Trials or epochs. */
  readonly at: number;
}

/** The way of one sampler. */
export interface IncumbentCurve {
  readonly name: string;
  /** In the order of what was spent. */
  readonly points: readonly IncumbentPoint[];
}

/** What several ways of tuning reach for what is spent. */
export interface Incumbents {
  readonly id: string;
  readonly title: string;
  /** What is spent, with its unit: "Trials (count)", "Epochs of all trials (count)". */
  readonly xTitle: string;
  /** What is tuned, with its unit: "Log loss of the best so far (nats)". */
  readonly yTitle: string;
  readonly curves: readonly IncumbentCurve[];
  /** What all are measured by: random search. */
  readonly reference?: IncumbentCurve;
  /** What the bands are: "95 % intervals over 40 seeds". */
  readonly intervals: string;
  /** Whether the axis of values is logarithmic (default false). */
  readonly isLogarithmic?: boolean;
}

const dashes = ["solid", "9px,4px", "3px,3px", "9px,3px,2px,3px", "14px,5px", "5px,2px"];

/**
 * Figure of tuning by several samplers: the mean best so far of each over trials or epochs, in the band of its
 * intervals. Random search is the dotted reference.
 *
 * @throws RangeError if there is no curve or more than styles, places do not ascend, a value is outside its interval,
 *   or an end of one is not above 0 on a logarithmic axis
 */
export function plotIncumbents({
  id,
  title,
  xTitle,
  yTitle,
  curves,
  reference,
  intervals,
  isLogarithmic = false,
}: Incumbents): Figure {
  if (curves.length === 0 || curves.length > seriesStyles.length)
    throw new RangeError(`plotIncumbents: 1 to ${seriesStyles.length} curves can be told apart; got ${curves.length}`);
  const all = [...(reference === undefined ? [] : [reference]), ...curves];
  for (const { name, points } of all) {
    const bad = points.findIndex(
      ({ at, value, interval: { low, high } }, i) =>
        !((i === 0 || at > points[i - 1].at) && low <= value && value <= high && (!isLogarithmic || low > 0)),
    );
    if (points.length === 0 || bad >= 0)
      throw new RangeError(
        `plotIncumbents: ${name} needs points with ascending places and ` +
          `${isLogarithmic ? "0 < " : ""}low <= value <= high; ` +
          `got ${points.length === 0 ? "none" : JSON.stringify(points[bad])}`,
      );
  }
  const places = all.flatMap(({ points }) => points.map(({ at }) => at));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const room = 0.02 * (last - first || 1);
  const ends = all.flatMap(({ points }) => points.flatMap(({ interval: { low, high } }) => [low, high]));
  const styles = [
    ...(reference === undefined ? [] : [{ colour: ink, dash: "2px,4px" }]),
    ...curves.map((_, i) => ({ colour: seriesStyles[i].colour, dash: dashes[i] })),
  ];
  const each = all.map(({ name, points }) => {
    const { at, value, interval } = points.at(-1)!;
    const said = `${shortNumber(value)} (${shortNumber(interval.low)} to ${shortNumber(interval.high)}) at ${at}`;
    return `${name} from ${shortNumber(points[0].value)} at ${points[0].at} to ${said}`;
  });
  return {
    id,
    alt: alternativeText(
      `${title}: ${yTitle} over ${xTitle}${isLogarithmic ? ", logarithmic axis of values" : ""}, with ${intervals}.`,
      `${each.join("; ")}.`,
      reference === undefined ? null : `Dotted: ${reference.name}.`,
    ),
    data: [
      ...all.map(({ points }, i) =>
        band(
          points.map(({ at }) => at),
          points.map(({ interval }) => interval.low),
          points.map(({ interval }) => interval.high),
          styles[i].colour,
        ),
      ),
      ...all.map(({ name, points }, i) => ({
        type: "scatter",
        mode: points.length === 1 ? "markers" : "lines",
        name: formulaMarkup(name),
        x: points.map(({ at }) => at),
        y: points.map(({ value }) => value),
        line: { color: styles[i].colour, width: 2.5, dash: styles[i].dash },
        marker: { color: styles[i].colour, size: 8 },
      })),
    ],
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        xaxis: { type: "linear", title: xTitle, range: [first - room, last + room] },
        yaxis: valueAxis(ends, { title: yTitle, isLogarithmic }).axis,
      },
      {
        legend: all.map(({ name }) => name),
        entryWidth: Math.ceil(8 * Math.max(...all.map(({ name }) => name.length))),
      },
    ),
  };
}
