import { inCount } from "../core/inCount.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { parameterAxis, type ParameterAxis } from "./parameterAxis.js";
import { type PlottedTrial, type StudyFigure, type ValuedTrial, valuedTrials } from "./PlottedStudy.js";
import { shortName } from "./shortName.js";
import { shortNumber } from "./shortNumber.js";
import { figureLayout, ink, seriesStyles, titleWithLine } from "./theme.js";

/** Px from one axis to the next. */
const rowHeight = 58;
/** Where trials pass that do not have a parameter, left of its axis. */
const notThere = -0.09;

/** From the best to the rest: each holds trials up to a share of all, drawn from last to first. */
const classes = [
  { upTo: 0.1, name: "best tenth", color: "#dd5577", width: 3 },
  { upTo: 0.25, name: "to a quarter", color: seriesStyles[0].colour, width: 2 },
  { upTo: 0.5, name: "to half", color: "#9a90c4", width: 1.3 },
  { upTo: 1, name: "other half", color: "#d3d6dc", width: 1 },
] as const;

/**
 * Figure of trials as lines through axes, one axis per parameter and the value last, lowest on the left: the better a
 * trial, the later and darker it is drawn. A line passes left of an axis whose parameter the trial does not have.
 *
 * @throws RangeError if no trial is complete, there is no such objective, or a value is not above 0 on a logarithmic
 *   axis
 */
export function plotParallelCoordinates(figure: StudyFigure): Figure {
  const { id, title, study, valueTitle, isLogarithmic = false } = figure;
  const valued = valuedTrials(figure, "plotParallelCoordinates");
  const names = Object.keys(study.parameters);
  const values = valued.map(({ value }) => value);
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const valueRow = parameterAxis({ kind: "float", low: least, high: most, log: isLogarithmic }, { ticks: 6 });
  const rows: readonly Row[] = [
    ...names.map((name) => {
      const axis = parameterAxis(study.parameters[name], { ticks: 6, letters: 12 });
      const isLog = axis.type === "log" ? ", log" : "";
      return {
        name: `${shortName(name, 24)}${isLog}`,
        axis,
        of: ({ trial }: ValuedTrial) => placeIn(axis, name, trial),
      };
    }),
    {
      name: `<b>${lines(valueTitle)}</b>${isLogarithmic ? ", log" : ""}`,
      axis: valueRow,
      of: ({ value }) => valueRow.shareOf(value),
    },
  ];
  const lacking = names.filter((name) => valued.some(({ trial }) => !Object.hasOwn(trial.parameters, name)));
  const groups = classes.map(({ upTo, ...style }, i) => {
    const from = i === 0 ? 0 : countUpTo(classes[i - 1].upTo, valued.length);
    return { ...style, rank: i + 1, own: valued.slice(from, countUpTo(upTo, valued.length)) };
  });
  const shown = groups.filter(({ own }) => own.length > 0);
  const [best] = valued;
  const logs = names.filter((name) => parameterAxis(study.parameters[name]).type === "log");
  const ends = rows.map(({ axis }, row) => ({
    row,
    ticks: axis.ticks.map(({ at, text }) => ({ at: axis.shareOf(at), text })),
  }));
  return {
    id,
    alt: alternativeText(
      `${title}: ${inCount(valued.length, "complete trial")} as lines through the axes of ` +
        `${names.join(", ")} and, last, ` +
        `${valueTitle}.`,
      logs.length === 0 ? null : `Logarithmic: ${logs.join(", ")}.`,
      lacking.length === 0 ? null : `Not there in some trials: ${lacking.join(", ")}.`,
      `The best, trial ${best.trial.number} with ${shortNumber(best.value)}, has ${inWords(best.trial)}.`,
    ),
    data: [
      axisLines(ends),
      ...[...shown].reverse().map(({ name, color, width, own, rank }) => ({
        type: "scatter",
        mode: rows.length === 1 ? "markers" : "lines",
        name: `${name} (${own.length})`,
        // The better the later, within a group too; a gap ends each line.
        x: [...own].reverse().flatMap((one) => [...rows.map(({ of }) => of(one)), null]),
        y: own.flatMap(() => [...rows.keys(), null]),
        line: { color, width },
        legendrank: rank,
      })),
    ],
    layout: figureLayout(
      {
        title: titleWithLine(title, "a line is a trial; lowest on the left, choices in their order"),
        height: 190 + rowHeight * rows.length,
        xaxis: {
          type: "linear",
          title: "Place on each axis",
          range: [lacking.length === 0 ? -0.04 : notThere - 0.06, 1.05],
          tickvals: lacking.length === 0 ? [0, 1] : [notThere, 0.02, 1],
          ticktext: lacking.length === 0 ? ["lowest", "highest"] : ["not<br>there", "lowest", "highest"],
          showgrid: false,
          showline: false,
          tickfont: { size: 13 },
        },
        yaxis: {
          type: "linear",
          title: "Parameter",
          tickvals: [...rows.keys()],
          ticktext: rows.map(({ name }) => name),
          tickfont: { size: 14 },
          range: [rows.length - 0.4, -0.35],
          showgrid: false,
          showline: false,
        },
        annotations: ends.flatMap(({ row, ticks }) =>
          ticks.map(({ at, text }) => ({
            text,
            xref: "x",
            x: at,
            yref: "y",
            y: row,
            yshift: -15,
            showarrow: false,
            font: { size: 12 },
            bgcolor: "rgba(255,255,255,0.8)",
            borderpad: 0,
            width: Math.ceil(7.4 * plain(text).length + 3),
          })),
        ),
      },
      { legend: shown.map(({ name, own }) => `${name} (${own.length})`), plotWidth: 500, labelRoom: 0 },
    ),
  };
}

interface Row {
  readonly name: string;
  readonly axis: ParameterAxis;
  readonly of: (one: ValuedTrial) => number;
}

function placeIn(axis: ParameterAxis, name: string, trial: PlottedTrial): number {
  const at = axis.at(trial.parameters[name]);
  return at === null ? notThere : axis.shareOf(at);
}

function countUpTo(share: number, all: number): number {
  return Math.ceil(share * all);
}

/** The axes themselves with a stroke at each tick. */
function axisLines(
  rows: readonly { readonly row: number; readonly ticks: readonly { readonly at: number }[] }[],
): object {
  const strokes = rows.flatMap(({ row, ticks }) => ticks.map(({ at }) => ({ row, at })));
  return {
    type: "scatter",
    mode: "lines",
    showlegend: false,
    hoverinfo: "skip",
    x: [...rows.flatMap(() => [0, 1, null]), ...strokes.flatMap(({ at }) => [at, at, null])],
    y: [
      ...rows.flatMap(({ row }) => [row, row, null]),
      ...strokes.flatMap(({ row }) => [row - 0.06, row + 0.06, null]),
    ],
    line: { color: ink, width: 1 },
  };
}

function inWords({ parameters }: PlottedTrial): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${typeof value === "number" ? shortNumber(value) : String(value)}`)
    .join(", ");
}

/** In two lines where it is long. */
function lines(title: string): string {
  const unit = title.lastIndexOf(" (");
  return title.length <= 24 || unit === -1
    ? shortName(title, 24)
    : `${shortName(title.slice(0, unit), 24)}<br>${title.slice(unit + 1)}`;
}

function plain(markup: string): string {
  return markup.replace(/<[^>]*>/g, "");
}
