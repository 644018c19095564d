import { percent } from "../core/percent.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import {
  errorBar,
  figureHeight,
  figureLayout,
  formulaMarkup,
  phaseColour,
  phaseMarks,
  titleWithLine,
} from "./theme.js";

/** Recall of each class by several models on the same rows. */
export interface Recalls {
  readonly id: string;
  readonly title?: string;
  /** What the models differ in: "Training set". */
  readonly yTitle?: string;
  /** From the top; the first is what the others are held against. */
  readonly models: readonly { readonly name: string; readonly recalls: readonly PhaseRecall[] }[];
}

/** Recall of a class; n counts its rows. All shares lie in [0, 1]. */
interface PhaseRecall extends Estimate {
  readonly phase: string;
  readonly n: number;
}

const rowHeight = 66;
/** Distance between the marks of a row, as a share of it. */
const step = 0.15;

/**
 * Figure of recalls: one row per model, in it one mark per class with its interval. Dotted verticals in the colour of
 * each class stand at the recall of the first model, as a line beneath the title says.
 *
 * @throws RangeError if there is no model, two have one name, their classes differ, intervals are of several levels, or
 *   not 0 <= low <= recall <= high <= 1
 */
export function plotRecalls({ id, title = "Recall of each class", yTitle = "Training set", models }: Recalls): Figure {
  if (models.length === 0) throw new RangeError("plotRecalls: at least one model is needed; got none");
  const names = models.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`plotRecalls: every model needs a name of its own; got "${twice}" twice`);
  const phases = models[0].recalls.map(({ phase }) => phase);
  for (const { name, recalls } of models) {
    if (recalls.map(({ phase }) => phase).join() !== phases.join())
      throw new RangeError(
        `plotRecalls: every model needs the classes of the first [${phases.join(", ")}]; ` +
          `${name} has [${recalls.map(({ phase }) => phase).join(", ")}]`,
      );
    for (const { phase, value: recall, interval } of recalls) {
      const { low, high } = interval;
      if (!(0 <= low && low <= recall && recall <= high && high <= 1))
        throw new RangeError(
          `plotRecalls: ${name}, ${phase} must have 0 <= low <= recall <= high <= 1; got ${low}, ${recall}, ${high}`,
        );
    }
  }
  const levels = new Set(models.flatMap(({ recalls }) => recalls.map(({ interval }) => interval.level)));
  if (levels.size !== 1)
    throw new RangeError(`plotRecalls: all intervals need one level; got ${[...levels].join(", ") || "none"}`);
  const intervals = `${percent([...levels][0], { decimals: 1, zeros: false })} interval`;
  const place = (row: number, k: number): number => row + (k - (phases.length - 1) / 2) * step;
  const traces = phases.map((phase, k) => {
    const own = models.map(({ recalls }) => recalls[k]);
    return {
      type: "scatter",
      mode: "markers",
      name: `${formulaMarkup(phase)}, n = ${own[0].n}`,
      x: own.map(({ value }) => value),
      y: own.map((_, row) => place(row, k)),
      error_x: errorBar(
        own.map(({ value }) => value),
        own.map(({ interval }) => interval.low),
        own.map(({ interval }) => interval.high),
        phaseColour(phase),
      ),
      marker: { symbol: phaseMarks[phase].symbol, size: 10, color: phaseColour(phase) },
      cliponaxis: false,
    };
  });
  const lines = models[0].recalls.map(({ phase, value: recall }) => ({
    type: "line",
    layer: "below",
    xref: "x",
    yref: "paper",
    x0: recall,
    x1: recall,
    y0: 0,
    y1: 1,
    line: { color: phaseColour(phase), width: 1.5, dash: "dot" },
  }));
  const inWords = ({ phase, value, interval: { low, high } }: PhaseRecall): string =>
    `${phase} ${shown(value)} (${shown(low)} to ${shown(high)})`;
  const each = models.map(({ name, recalls }) => `${name}: ${recalls.map(inWords).join(", ")}`);
  return {
    id,
    alt: alternativeText(
      `${title}, with ${intervals}s.`,
      `${each.join("; ")}.`,
      `Dotted lines: recalls of ${names[0]}.`,
    ),
    data: traces,
    layout: figureLayout(
      {
        title: titleWithLine(title, `dotted: recalls of "${names[0]}"`),
        height: Math.max(figureHeight, 235 + rowHeight * models.length),
        xaxis: {
          type: "linear",
          title: `Recall with ${intervals} (share of the class)`,
          range: [0, 1.02],
          tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1],
        },
        yaxis: {
          type: "linear",
          title: yTitle,
          tickvals: names.map((_, row) => row),
          ticktext: names.map(formulaMarkup),
          range: [models.length - 0.5, -0.5],
          showgrid: false,
        },
        shapes: [
          ...lines,
          ...names.slice(1).map((_, row) => ({
            type: "line",
            layer: "below",
            xref: "paper",
            yref: "y",
            x0: 0,
            x1: 1,
            y0: row + 0.5,
            y1: row + 0.5,
            line: { color: "#e4e7eb", width: 1 },
          })),
        ],
      },
      { legend: traces.map(({ name }) => name), plotWidth: 500, labelRoom: 10 },
    ),
  };
}

function shown(share: number): string {
  return percent(share, { decimals: 0 });
}
