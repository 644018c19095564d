import { phaseNames } from "../../chemistry/phases.js";
import { type Matrix, selectMatrixColumns } from "../../core/Matrix.js";
import { unpackNumbers } from "../../core/packNumbers.js";
import type { Table } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import { recipesWithout } from "../../predictor/calibrateRows.js";
import { crossSets, type CrossSets } from "../../predictor/crossSets.js";
import { knownFeatures } from "../../predictor/knownFeatures.js";
import type { LimitsWithout } from "../../predictor/limitsWithout.js";
import { conformalThreshold } from "../../uncertainty/conformal/conformalThreshold.js";
import { setSize } from "../../uncertainty/conformal/labelSets.js";
import { distanceOver } from "../../uncertainty/domain/distanceOver.js";
import { featureDistances } from "../../uncertainty/domain/featureDistances.js";
import { ownAlpha, type OwnLaboratory } from "./OwnLaboratory.js";

/** Limits of recipes that leave these columns out: those of the rows, told as little. */
export function ownLimits(
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
    distance: distanceOfKnown(),
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
