import { inCount } from "../core/inCount.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { kindOf, type PlottedStudy, type PlottedTrial } from "./PlottedStudy.js";
import { shortNumber } from "./shortNumber.js";
import { studyMarks } from "./studyMarks.js";
import { figureLayout, formulaMarkup, seriesStyles } from "./theme.js";
import { valueAxis } from "./valueAxis.js";

/** What was reached in two objectives at once. */
export interface ParetoFront {
  readonly id: string;
  readonly title: string;
  readonly study: PlottedStudy;
  /** Trials that no other dominates. */
  readonly front: readonly { readonly number: number }[];
  /** Of the two that are drawn, with their units: "Log loss (nats)", "Time (s)". */
  readonly valueTitles: readonly [string, string];
  /** Their places (default the first two). */
  readonly objectives?: readonly [number, number];
  /** Whether the axis of each is logarithmic (default not): then values must be above 0. */
  readonly isLogarithmic?: readonly [boolean, boolean];
}

/**
 * Figure of two objectives: the front as a line around what was reached, trials that others dominate behind it, those
 * that broke a constraint apart.
 *
 * @throws RangeError if there is no such objective, no trial is complete, or a value is not above 0 on a logarithmic
 *   axis
 */
export function plotParetoFront({
  id,
  title,
  study,
  front,
  valueTitles,
  objectives = [0, 1],
  isLogarithmic = [false, false],
}: ParetoFront): Figure {
  const { directions, trials } = study;
  const none = objectives.find((place) => !(place in directions));
  if (none !== undefined)
    throw new RangeError(
      `plotParetoFront: objectives must be two of ${directions.length}, from 0; got ${objectives.join(", ")}`,
    );
  const onFront = new Set(front.map(({ number }) => number));
  const pointOf = ({ number, outcome }: PlottedTrial): Point => {
    const [x, y] = objectives.map((place) => outcome!.values[place]);
    return { number, x, y };
  };
  const complete = trials.filter((trial) => kindOf(trial) === "complete").map(pointOf);
  const broken = trials.filter((trial) => kindOf(trial) === "broken").map(pointOf);
  const best = complete.filter(({ number }) => onFront.has(number)).sort((a, b) => a.x - b.x || a.y - b.y);
  const others = complete.filter(({ number }) => !onFront.has(number));
  const all = [...complete, ...broken];
  const low = all.find((point) => (isLogarithmic[0] && !(point.x > 0)) || (isLogarithmic[1] && !(point.y > 0)));
  if (low !== undefined)
    throw new RangeError(
      `plotParetoFront: values must be above 0 on a logarithmic axis; got ${low.x}, ${low.y} of trial ${low.number}`,
    );
  if (all.length === 0) throw new RangeError("plotParetoFront: at least one complete trial is needed; got none");
  const [x, y] = (["x", "y"] as const).map((letter, i) =>
    valueAxis(
      all.map((point) => point[letter]),
      { title: valueTitles[i], isLogarithmic: isLogarithmic[i] },
    ),
  );
  // Of more than two objectives, what is on the front need not be on it in two of them: no line is drawn around.
  const hasLine = directions.length === 2 && best.length > 1;
  const groups = [
    {
      name: `front (${best.length})`,
      points: best,
      style: {
        mode: hasLine ? "lines+markers" : "markers",
        line: {
          color: seriesStyles[2].colour,
          width: 2,
          shape: directions[objectives[0]] === "minimize" ? "hv" : "vh",
        },
        marker: { color: seriesStyles[2].colour, symbol: "square", size: 10 },
      },
    },
    {
      name: `dominated (${others.length})`,
      points: others,
      style: { mode: "markers", marker: { color: "#8f86bd", symbol: "circle", size: 7 } },
    },
    {
      name: `${studyMarks.broken.name} (${broken.length})`,
      points: broken,
      style: {
        mode: "markers",
        marker: { color: studyMarks.broken.colour, symbol: studyMarks.broken.symbol, size: 9, line: { width: 2 } },
      },
    },
  ].filter(({ points }) => points.length > 0);
  const ends = [best[0], best.at(-1)].map((point) =>
    point === undefined ? "" : `${shortNumber(point.x)} with ${shortNumber(point.y)} (trial ${point.number})`,
  );
  return {
    id,
    alt: alternativeText(
      `${title}: ${valueTitles[1]} against ${valueTitles[0]} of ${inCount(all.length, "complete trial")}; ` +
        `to ${directions[objectives[0]]} the first and ${directions[objectives[1]]} the second.`,
      `${groups.map(({ name }) => name).join(", ")}.`,
      best.length === 0 ? null : best.length === 1 ? `On the front: ${ends[0]}.` : `It runs from ${ends.join(" to ")}.`,
    ),
    data: [...groups].reverse().map(({ name, points, style }, i) => ({
      type: "scatter",
      name,
      x: points.map((point) => point.x),
      y: points.map((point) => point.y),
      text: points.map(({ number }) => `trial ${number}`),
      legendrank: groups.length - i,
      ...style,
    })),
    layout: figureLayout(
      { title: formulaMarkup(title), xaxis: x.axis, yaxis: y.axis },
      { legend: groups.map(({ name }) => name) },
    ),
  };
}

interface Point {
  readonly number: number;
  readonly x: number;
  readonly y: number;
}
