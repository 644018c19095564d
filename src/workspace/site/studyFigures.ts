import type { Figure } from "../../figures/Figure.js";
import { plotContour } from "../../figures/plotContour.js";
import { plotImportances } from "../../figures/plotImportances.js";
import { plotParallelCoordinates } from "../../figures/plotParallelCoordinates.js";
import { plotParetoFront } from "../../figures/plotParetoFront.js";
import { plotSlices } from "../../figures/plotSlices.js";
import { plotStudyHistory } from "../../figures/plotStudyHistory.js";
import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import { isKept } from "../../tuning/isKept.js";
import { type NamedObjective, objectiveInWords } from "../../tuning/studyInWords.js";
import type { StudySummary } from "../../tuning/summarizeStudy.js";
import { valueSurface } from "../../tuning/valueSurface.js";

/** Figures of a study, in the order in which they are read; those that it has nothing for are left out. */
export interface StudyFigures {
  /** Of several objectives: two by two. */
  readonly fronts: readonly Figure[];
  /** One per objective. */
  readonly histories: readonly Figure[];
  readonly importances: Figure | null;
  readonly slices: Figure | null;
  readonly parallel: Figure | null;
  readonly contour: Figure | null;
}

/** More panels or axes cannot be read: those that mattered most are shown. */
const mostParameters = 12;
/** From so wide a span on values are drawn on a logarithmic axis. */
const wideSpan = 50;
/** Fewer trials make no surface. */
const fewestOnSurface = 5;

const none: StudyFigures = {
  fronts: [],
  histories: [],
  importances: null,
  slices: null,
  parallel: null,
  contour: null,
};

/** Draws a study; all but fronts and histories are of its first objective. Parameters stand in order of importance. */
export function studyFigures(
  record: StudyRecord,
  { front, importances }: StudySummary,
  objectives: readonly NamedObjective[],
): StudyFigures {
  const kept = record.trials.filter(isKept);
  if (kept.length === 0) return none;
  const isLogarithmic = objectives.map((_, i) => {
    const values = kept.map(({ outcome }) => outcome.values[i]);
    const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    return least > 0 && most / least >= wideSpan;
  });
  const titles = objectives.map(titleOf);
  const drawn = importances.slice(0, mostParameters).map(({ name }) => name);
  const study: StudyRecord = {
    ...record,
    parameters: Object.fromEntries(drawn.map((name) => [name, record.parameters[name]])),
  };
  const first = { study, valueTitle: titles[0], isLogarithmic: isLogarithmic[0] };
  const among = importances.length > drawn.length ? `, the ${drawn.length} that mattered most` : "";
  const pair = pairOf(
    drawn,
    kept.map(({ parameters }) => parameters),
  );
  return {
    fronts: objectives.flatMap((_, j) =>
      objectives.slice(0, j).map((__, i) =>
        plotParetoFront({
          id: `00-study-front-${i + 1}-${j + 1}`,
          title: `Front of ${objectives[i].name} and ${objectives[j].name}`,
          study: record,
          front,
          valueTitles: [titles[i], titles[j]],
          objectives: [i, j],
          isLogarithmic: [positive(record, i) && isLogarithmic[i], positive(record, j) && isLogarithmic[j]],
        }),
      ),
    ),
    histories: objectives.map(({ name }, objective) =>
      plotStudyHistory({
        id: `00-study-history-${objective + 1}`,
        title: objectives.length === 1 ? "Course of the study" : `Course of ${name}`,
        study: record,
        valueTitle: titles[objective],
        objective,
        isLogarithmic: isLogarithmic[objective],
      }),
    ),
    importances:
      importances.length < 2
        ? null
        : plotImportances({ id: "00-study-importances", title: "What mattered", importances }),
    slices: drawn.length === 0 ? null : plotSlices({ ...first, id: "00-study-slices", title: `By parameter${among}` }),
    parallel:
      drawn.length === 0
        ? null
        : plotParallelCoordinates({
            ...first,
            id: "00-study-parallel",
            title: `Trials through all parameters${among}`,
          }),
    contour:
      pair === null
        ? null
        : plotContour({
            ...first,
            id: "00-study-contour",
            title: "The two that mattered most together",
            surface: valueSurface(record, pair, { isLogarithmic: isLogarithmic[0] }),
          }),
  };
}

/** "Log loss (nats)". */
function titleOf({ name, unit }: NamedObjective): string {
  return objectiveInWords({ name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`, unit: unit || "own unit" });
}

/** Trials that broke a constraint are drawn on fronts too. */
function positive({ trials }: StudyRecord, objective: number): boolean {
  return trials.every(({ outcome }) => outcome?.state !== "complete" || outcome.values[objective] > 0);
}

/** The most important two that enough trials have together. */
function pairOf(
  names: readonly string[],
  tried: readonly Readonly<Record<string, unknown>>[],
): [string, string] | null {
  const enough = Math.max(fewestOnSurface, tried.length / 4);
  for (const [j, second] of names.entries())
    for (const first of names.slice(0, j)) {
      const together = tried.filter((one) => Object.hasOwn(one, first) && Object.hasOwn(one, second));
      if (together.length >= enough) return [first, second];
    }
  return null;
}
