import { shortText } from "../core/shortText.js";
import { inCount } from "../core/inCount.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { logTicks } from "./logTicks.js";
import { parameterAxis } from "./parameterAxis.js";
import { type StudyFigure, valuedTrials } from "./PlottedStudy.js";
import { shortName } from "./shortName.js";
import { shortNumber, tickText } from "./shortNumber.js";
import { bestMark } from "./studyMarks.js";
import { figureLayout, ink, titleWithLine } from "./theme.js";

/** Values over two parameters, interpolated where there are trials. */
export interface PlottedSurface {
  /** Names of the parameters along x and y. */
  readonly names: readonly [string, string];
  /** Edges of the cells, ascending; choices stand at 0, 1, 2 and so on. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** A row for each cell along y; null where no trial is near. */
  readonly values: readonly (readonly (number | null)[])[];
  /** How values were found between trials, for a caption: "mean of trials, the nearer the more". */
  readonly method: string;
}

/** A figure of two parameters of a study. */
export interface ContourPlot extends StudyFigure {
  readonly surface: PlottedSurface;
}

/** The best is darkest, whichever way it lies. */
const scale: readonly (readonly [number, string])[] = [
  [0, "#2d2466"],
  [0.25, "#5f5a9d"],
  [0.5, "#948fc4"],
  [0.75, "#c8c5e2"],
  [1, "#f3f2f9"],
];

/**
 * Figure of values over two parameters: coloured where trials are near, white where none is, with the trials on top and
 * a star at the best.
 *
 * @throws RangeError if no trial is complete or has both parameters, a parameter is unknown, the surface has another
 *   shape than its edges, or a value is not above 0 where colours are logarithmic
 */
export function plotContour(figure: ContourPlot): Figure {
  const { id, title, study, valueTitle, objective = 0, isLogarithmic = false, surface } = figure;
  const { names, x, y, values, method } = surface;
  const valued = valuedTrials(figure, "plotContour");
  const unknown = names.find((name) => !Object.hasOwn(study.parameters, name));
  if (unknown !== undefined)
    throw new RangeError(
      `plotContour: parameters must be of the study, ${Object.keys(study.parameters).join(", ")}; got ${unknown}`,
    );
  if (values.length !== y.length - 1 || values.some((row) => row.length !== x.length - 1))
    throw new RangeError(
      `plotContour: the surface needs ${y.length - 1} rows of ${x.length - 1}, as its edges have; ` +
        `got ${values.length} of ${values[0]?.length ?? 0}`,
    );
  const axes = names.map((name) => parameterAxis(study.parameters[name], { ticks: 6, letters: 10 }));
  const points = valued.flatMap(({ trial, value }) => {
    const [across, up] = axes.map((axis, i) => axis.at(trial.parameters[names[i]]));
    return across === null || up === null ? [] : [{ across, up, value, number: trial.number }];
  });
  if (points.length === 0) throw new RangeError(`plotContour: no complete trial has ${names[0]} and ${names[1]}`);
  const [best] = points;
  const inner = (value: number): number => (isLogarithmic ? Math.log10(value) : value);
  const known = values.flat().filter((value) => value !== null);
  if (isLogarithmic && known.some((value) => !(value > 0)))
    throw new RangeError("plotContour: values must be above 0 where colours are logarithmic; got one that is not");
  const [least, most] = [
    known.reduce((a, b) => Math.min(a, b), best.value),
    known.reduce((a, b) => Math.max(a, b), best.value),
  ];
  // All alike but for rounding.
  const isFlat = most - least <= 1e-9 * Math.max(Math.abs(least), Math.abs(most));
  const colours = study.directions[objective] === "minimize" ? scale : mirrored(scale);
  const layoutAxis = (i: number, edges: readonly number[]): object => {
    const { type, scale: what, ticks } = axes[i];
    const ends = [edges[0], edges.at(-1)!];
    return {
      type,
      title: `${shortName(names[i], i === 0 ? 40 : 26)} (${what})`,
      range: type === "log" ? ends.map(Math.log10) : ends,
      tickvals: ticks.map(({ at }) => at),
      ticktext: ticks.map(({ text }) => text),
      showgrid: false,
    };
  };
  return {
    id,
    alt: alternativeText(
      `${title}: ${valueTitle} over ${names[0]} and ${names[1]}` +
        `${axes.some(({ type }) => type === "log") ? ` (logarithmic: ${logNames(names, axes)})` : ""}, ` +
        `from ${points.length} of ${inCount(valued.length, "complete trial")}; ${method}.`,
      `Darkest where it is best; white where no trial is near.`,
      `The best of them is trial ${best.number}, ${shortNumber(best.value)}.`,
    ),
    data: [
      {
        type: "heatmap",
        x,
        y,
        z: values.map((row) => row.map((value) => (value === null ? null : inner(value)))),
        zmin: isFlat ? inner(least) - 1 : inner(least),
        zmax: isFlat ? inner(least) + 1 : inner(most),
        colorscale: colours,
        colorbar: {
          title: { text: shortText(valueTitle, 34), side: "right", font: { size: 14 } },
          thickness: 14,
          outlinewidth: 0,
          tickfont: { size: 13 },
          ...(isFlat ? { tickvals: [inner(least)], ticktext: [shortNumber(least)] } : {}),
          ...(isLogarithmic && !isFlat ? barTicks(least, most) : { nticks: 6 }),
        },
        hoverongaps: false,
      },
      {
        type: "scatter",
        mode: "markers",
        name: "trials",
        x: points.map(({ across }) => across),
        y: points.map(({ up }) => up),
        text: points.map(({ number, value }) => `trial ${number}: ${shortNumber(value)}`),
        marker: { symbol: "circle", color: "#ffffff", size: 6, line: { color: ink, width: 1 } },
        cliponaxis: false,
      },
      {
        type: "scatter",
        mode: "markers",
        name: "best",
        x: [best.across],
        y: [best.up],
        marker: bestMark,
        cliponaxis: false,
      },
    ],
    layout: figureLayout(
      {
        title: titleWithLine(title, shortText(method, 78)),
        showlegend: false,
        height: 500,
        xaxis: layoutAxis(0, x),
        yaxis: layoutAxis(1, y),
      },
      { labelRoom: 12 },
    ),
  };
}

function logNames(names: readonly string[], axes: readonly { readonly type: string }[]): string {
  return names.filter((_, i) => axes[i].type === "log").join(", ");
}

function mirrored(colours: typeof scale): typeof scale {
  return colours.map(([at], i) => [at, colours[colours.length - 1 - i][1]]);
}

/** Colours stand at exponents, and are named by the values. */
function barTicks(least: number, most: number): object {
  const ticks = logTicks(least, most);
  return { tickvals: ticks.map(Math.log10), ticktext: ticks.map(tickText) };
}
