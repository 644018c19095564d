import { inCount } from "../core/inCount.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { kindOf, type PlottedTrial, type StudyFigure, type TrialKind, valuedTrials } from "./PlottedStudy.js";
import { shortNumber } from "./shortNumber.js";
import { studyMarks } from "./studyMarks.js";
import { figureLayout, formulaMarkup, seriesStyles, titleWithLine } from "./theme.js";
import { valueAxis } from "./valueAxis.js";

type EndedKind = Exclude<TrialKind, "running">;

const kinds = Object.keys(studyMarks) as readonly EndedKind[];

/**
 * Figure of a study over its trials: each with a mark of how it ended, and a line of the best so far. Pruned ones stand
 * at what they last reported, failed ones at the foot.
 *
 * @throws RangeError if no trial is complete, there is no such objective, or a value is not above 0 on a logarithmic
 *   axis
 */
export function plotStudyHistory(figure: StudyFigure): Figure {
  const { id, title, study, valueTitle, objective = 0, isLogarithmic = false } = figure;
  const [best] = valuedTrials(figure, "plotStudyHistory");
  const isDrawn = (value: number | undefined): value is number =>
    value !== undefined && Number.isFinite(value) && (!isLogarithmic || value > 0);
  const valueOf = ({ outcome }: PlottedTrial): number | undefined =>
    outcome!.state === "complete" ? outcome!.values[objective] : outcome!.steps.at(-1)?.value;
  const byKind = kinds.map((kind) => ({ kind, own: study.trials.filter((trial) => kindOf(trial) === kind) }));
  const ended = byKind.filter(({ own }) => own.length > 0);
  const marks = ended.map(({ kind, own }) => ({
    kind,
    points: own.map((trial) => ({ number: trial.number, value: kind === "failed" ? undefined : valueOf(trial) })),
  }));
  const values = marks.flatMap(({ points }) => points.map(({ value }) => value)).filter(isDrawn);
  const hasFoot = marks.some(({ points }) => points.some(({ value }) => !isDrawn(value)));
  const { axis, ends } = valueAxis(values, { title: valueTitle, isLogarithmic, below: hasFoot ? 0.07 : 0 });
  const foot = isLogarithmic ? ends[0] * (ends[1] / ends[0]) ** 0.035 : ends[0] + 0.035 * (ends[1] - ends[0]);
  const line = [
    ...(hasFoot ? ["at the foot: no value"] : []),
    ...(ended.some(({ kind }) => kind === "pruned") ? ["pruned: at the last step"] : []),
  ].join("; ");
  const steps = bestSoFar(figure);
  const last = study.trials.at(-1)!.number;
  const legend = ["best so far", ...ended.map(({ kind }) => studyMarks[kind].name)];
  const counts = ended.map(({ kind, own }) => `${own.length} ${kind === "broken" ? "broke a constraint" : kind}`);
  return {
    id,
    alt: alternativeText(
      `${title}: ${valueTitle}${isLogarithmic ? ", logarithmic axis," : ""} of ` +
        `${inCount(study.trials.length, "trial")} by their number: ${counts.join(", ")}.`,
      `Best is trial ${best.trial.number} with ${shortNumber(best.value)}; ` +
        `the first that was complete had ${shortNumber(steps[0].value)}.`,
      improvements(steps),
    ),
    data: [
      ...marks.map(({ kind, points }) => {
        const { name, symbol, colour, size } = studyMarks[kind];
        return {
          type: "scatter",
          mode: "markers",
          name,
          x: points.map(({ number }) => number),
          y: points.map(({ value }) => (isDrawn(value) ? value : foot)),
          marker: {
            symbol,
            color: colour,
            size,
            ...(kind === "complete" ? { opacity: 0.75 } : { line: { width: 2 } }),
          },
        };
      }),
      {
        type: "scatter",
        mode: steps.length === 1 && steps[0].number === last ? "markers" : "lines",
        name: "best so far",
        // It holds until the last trial.
        x: [...steps.map(({ number }) => number), last],
        y: [...steps.map(({ value }) => value), best.value],
        line: { color: seriesStyles[2].colour, width: 3, shape: "hv" },
        marker: { color: seriesStyles[2].colour, symbol: "star", size: 13 },
      },
    ],
    layout: figureLayout(
      {
        title: line === "" ? formulaMarkup(title) : titleWithLine(title, line),
        xaxis: {
          type: "linear",
          title: "Trial (number, from 0)",
          range: [-0.5 - 0.01 * last, last + 0.5 + 0.01 * last],
          ...(last < 6 ? { dtick: 1 } : {}),
        },
        yaxis: axis,
      },
      { legend },
    ),
  };
}

interface Improvement {
  readonly number: number;
  readonly value: number;
}

/** Trials that were better than all before them. */
function bestSoFar(figure: StudyFigure): readonly Improvement[] {
  const sign = figure.study.directions[figure.objective ?? 0] === "minimize" ? 1 : -1;
  const found: Improvement[] = [];
  const inOrder = [...valuedTrials(figure, "plotStudyHistory")].sort((a, b) => a.trial.number - b.trial.number);
  for (const { trial, value } of inOrder)
    if (found.length === 0 || sign * value < sign * found.at(-1)!.value) found.push({ number: trial.number, value });
  return found;
}

/** How often it improved after the first, and the last of these. */
function improvements([_, ...steps]: readonly Improvement[]): string | null {
  if (steps.length === 0) return null;
  const shown = steps.slice(-3).map(({ number, value }) => `${shortNumber(value)} at ${number}`);
  return `It improved ${inCount(steps.length, "time")}, last to ${shown.join(", ")}.`;
}
