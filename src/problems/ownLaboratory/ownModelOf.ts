import { phaseNames } from "../../chemistry/phases.js";

import { type Matrix, selectMatrixColumns } from "../../core/Matrix.js";
import { unpackNumbers } from "../../core/packNumbers.js";
import type { Table } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import { recipesWithout } from "../../predictor/calibrateRows.js";
import type { CoveragePromise } from "../../predictor/coveragePromise.js";
import { knownFeatures } from "../../predictor/knownFeatures.js";
import { crossSets, type CrossSets } from "../../predictor/crossSets.js";
import type { LimitsWithout } from "../../predictor/limitsWithout.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import { conformalThreshold } from "../../uncertainty/conformal/conformalThreshold.js";
import { crossPromise } from "../../uncertainty/conformal/crossPromise.js";
import { setSize } from "../../uncertainty/conformal/labelSets.js";
import { distanceOver } from "../../uncertainty/domain/distanceOver.js";
import { featureDistances } from "../../uncertainty/domain/featureDistances.js";
import type { Answerer } from "../fewRows/Candidate.js";
import { chosenAnswerer } from "../fewRows/nestedChoice.js";
import { fitConformalIntervals } from "../../uncertainty/conformal/fitConformalIntervals.js";
import type { QuantityLimits } from "../../predictor/quantityLimits.js";
import { askTwin } from "./askTwin.js";
import { askedLaboratories, ownCandidates } from "./ownCandidates.js";
import type { OwnLaboratory, OwnQuantity } from "./OwnLaboratory.js";
import { ownNumbers, twinReadings } from "./ownQuantities.js";
import { type OwnRows, recipesAlone } from "./OwnRows.js";

/** Share of rows whose set may miss the phase. */
export const ownAlpha = 0.1;
/** Rows of a phase below which nothing is promised of it: 1 / alpha - 1. */
export const fewestOfPhase = 9;

const unitNames = { batch: "batches", recipe: "recipes", row: "rows" } as const;

/** A model of an own laboratory that is ready to answer. */
export interface LoadedOwnModel extends LoadedPhaseModel {
  readonly laboratory: OwnLaboratory;
}

/**
 * A model of an own laboratory, ready to answer as one of the twin does.
 *
 * Sets are those of a cross-validation (CV+): a phase enters unless nearly all rows fitted better than it does, each
 * judged by the model that had not seen it; the likeliest phase is always in it. Of recipes that leave values out, rows
 * are judged with the same values taken away.
 */
export async function ownModelOf(laboratory: OwnLaboratory): Promise<LoadedOwnModel> {
  const { model, encoder, domain, rules, quantities } = laboratory;
  const candidates = ownCandidates(laboratory.phases, laboratory.noTwin === null);
  const chosen = [model, ...model.folds];
  const drawn = askedLaboratories(chosen);
  const ask = drawn.length === 0 ? null : await askTwin(drawn);
  const answerers = chosen.map((one) => chosenAnswerer(candidates, one));
  /** Of the whole model, and of each fold's. */
  const answersOf = (table: Table, labs: readonly string[]): Float64Array[] => {
    const rows = recipesAlone({ table, labs, twin: ask === null ? null : ask(table) });
    return answerers.map((answerer) => answerNow(answerer, rows));
  };
  const numbers = ownNumbers(quantities);
  const readings = quantities.some(({ readingMean }) => readingMean !== null) ? await twinReadings() : null;
  const found = new Map<string, LimitsWithout>();
  const without = (missing: readonly string[]): LimitsWithout => {
    const key = missing.join();
    const known = found.get(key) ?? ownLimits(laboratory, missing, answersOf);
    found.set(key, known);
    return known;
  };
  return {
    laboratory,
    encoder,
    limits: { calibrator: null, domain, quantities: quantities.map(quantityLimits), rules },
    promise: ownPromise(laboratory),
    targetScales: [],
    answer: (features, recipes, labs = new Array<string>(recipes.numRows).fill("")) => {
      const [probabilities, ...folds] = answersOf(recipes, labs);
      return { probabilities, targets: none, folds, numbers: numbers(features, readings?.(recipes) ?? null) };
    },
    without,
    // The twin's.
    knowsMore: laboratory.noTwin === null,
    strangeLaboratory: strangeTo(laboratory.labs),
  };
}

const none = new Float64Array(0);

/** For what is asked of any model: the intervals of answers come with them. */
function quantityLimits({ column, unit, scale, rows, values, outOfFold }: OwnQuantity): QuantityLimits {
  const centre = Float64Array.from(rows, (_, i) => outOfFold[2 * i]);
  return {
    column,
    unit,
    scale,
    intervals: fitConformalIntervals({ centre }, values, { alpha: ownAlpha }),
    rows: rows.length,
    relativeWidth: null,
    ceiling: { reason: "nobody has asked the simulator about experiments like these" },
  };
}

/** Where rows came from several laboratories, limits hold within these. */
function strangeTo(labs: readonly string[]): (lab: string) => string | null {
  const known = new Set(labs);
  // Where none is named, or recipes of one laboratory name none, it is taken to be that one.
  if (known.size < 2)
    return (lab) =>
      lab === "" || known.has("") || known.has(lab) ? null : `laboratory "${lab}": the rows came from another`;
  return (lab) => {
    if (lab !== "" && known.has(lab)) return null;
    const which = lab === "" ? "laboratory not told (column lab)" : `laboratory "${lab}": none of the rows'`;
    return `${which}: limits hold within the ${known.size} that the rows came from`;
  };
}

function answerNow(answerer: Answerer<OwnRows>, rows: OwnRows): Float64Array {
  const answers = answerer(rows);
  if (answers instanceof Promise) throw new TypeError("ownModelOf: candidates must answer at once");
  return answers;
}

/** What the sets promise: over all phases together, for few rows of each say little. */
export function ownPromise({ phases, groups, unit, model }: OwnLaboratory): CoveragePromise {
  const { atLeast } = crossPromise(model.foldOf, model.folds.length, ownAlpha, "ownPromise");
  const areAlone = new Set(groups).size === groups.length;
  return {
    share: 1 - ownAlpha,
    eachPhase: false,
    proved: areAlone ? atLeast : 0,
    of: unit === "batch" ? "new batches" : unit === "recipe" ? "new recipes" : "new rows",
    phases: phaseNames.map((phase, code) => {
      const rows = Array.from(phases.keys()).filter((row) => phases[row] === code);
      const witnesses = new Set(rows.map((row) => groups[row])).size;
      return {
        phase,
        rows: rows.length,
        batches: unit === "row" ? null : witnesses,
        reason:
          rows.length === 0
            ? "untested, no row made it: it stays possible as far as the twin says so"
            : witnesses < fewestOfPhase
              ? `no promise for this phase, ${fewestOfPhase} ${unitNames[unit]} are needed and there are ${witnesses}`
              : null,
      };
    }),
  };
}

/** Limits of recipes that leave these columns out: those of the rows, told as little. */
function ownLimits(
  laboratory: OwnLaboratory,
  missing: readonly string[],
  answersOf: (table: Table, labs: readonly string[]) => Float64Array[],
): LimitsWithout {
  const { rows, phases, labs, groups, unit, model, encoder, domain } = laboratory;
  const known = knownFeatures(encoder, missing);
  const { table, places } = recipesWithout({ ...rows, phases, targets: [], groups: null }, missing);
  const isWhole = missing.length === 0;
  const judged = isWhole ? Uint32Array.from(phases.keys()) : places;
  // A fold of which no row tells as much says nothing.
  const folds = [...new Set(Array.from(judged, (row) => model.foldOf[row]))].sort((a, b) => a - b);
  const foldOf = Array.from(judged, (row) => folds.indexOf(model.foldOf[row]));
  const told = (): Float64Array => {
    const answers = answersOf(
      table,
      Array.from(places, (row) => labs[row]),
    ).slice(1);
    return leftOut(
      folds.map((fold) => answers[fold]),
      foldOf,
    );
  };
  const sets: CrossSets = {
    labels: Array.from(judged, (row) => phases[row]),
    probabilities: isWhole ? (unpackNumbers(laboratory.outOfFold) as Float64Array) : told(),
    foldOf,
    folds,
    alpha: ownAlpha,
  };
  return {
    missing,
    sets,
    intervals: [],
    known,
    distance: "reason" in domain.distance ? domain.distance : distanceOfKnown(),
    setSize: meanSetSize(sets),
  };

  function distanceOfKnown(): LimitsWithout["distance"] {
    if ("reason" in domain.distance) return domain.distance;
    const { falseAlarm, threshold } = domain.distance;
    const fitted = distanceOver(domain.distance.fitted, known);
    if (missing.length === 0) return { fitted, threshold, falseAlarm };
    const features: Matrix = encode({ ...encoder, unseen: "ignore" }, table);
    const distances = featureDistances(fitted, selectMatrixColumns(features, known));
    const own = unit === "row" ? {} : { groups: Array.from(places, (row) => groups[row]) };
    const { value, reason } = conformalThreshold(distances, falseAlarm, own);
    return value === null ? { reason: reason! } : { fitted, threshold: value, falseAlarm };
  }
}

/** Of each row the answer of the fold that had not seen it. */
function leftOut(folds: readonly Float64Array[], foldOf: readonly number[]): Float64Array {
  const classes = phaseNames.length;
  const own = new Float64Array(foldOf.length * classes);
  foldOf.forEach((fold, i) => own.set(folds[fold].subarray(i * classes, (i + 1) * classes), i * classes));
  return own;
}

/** Phases in a set, on average over the rows, each as its own fold's model answers it. */
function meanSetSize(sets: CrossSets): number | null {
  if (sets.foldOf.length === 0) return null;
  const answers = Array.from({ length: Math.max(...sets.folds) + 1 }, () => sets.probabilities);
  const sizes = crossSets(sets, sets.probabilities, answers);
  return sizes.reduce((sum, one) => sum + setSize(one), 0) / sizes.length;
}
