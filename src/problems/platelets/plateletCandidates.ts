import type { Matrix } from "../../core/Matrix.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { classForest, classProcess, constantShares, logistic } from "../fewRows/classCandidates.js";
import { constantNumber, quantityProcess, ridge, type TargetRows } from "../fewRows/targetCandidates.js";
import { mixedFeatures } from "./plateletRows.js";
import { twinFeatures } from "./twinView.js";

/** Classes of a synthesis, by code. */
export const formedClasses = ["failed", "formed"] as const;

/** What the twin reads of a quantity. */
export type TwinReading = "twinPeak" | "twinWidth";

/**
 * Ways to tell a quantity, in the order in which they challenge: row-major [rows, 2], value and how far off it may be.
 * Gaussian processes know that of each row; for the others it is 1, all rows alike. The twin comes with an offset and a
 * slope, since its readings are of dots; beyond, its columns are features as any others.
 *
 * @param all  features of all rows of the model, in which Gaussian processes have their centres
 */
export function quantityCandidates(all: Matrix, reading: TwinReading): readonly Candidate<TargetRows>[] {
  return [
    constantNumber,
    ...(hasTwin(all) ? [ridge("twin with offset", [all.names.indexOf(reading)])] : []),
    ridge("ridge", [...all.names.keys()]),
    quantityProcess("Gaussian process of what is mixed", placesOf(all, mixedFeatures), all),
    quantityProcess("Gaussian process of all", [...all.names.keys()], all),
  ];
}

/**
 * Ways to tell whether a perovskite forms, as probabilities of `formedClasses`, in the order in which they challenge.
 *
 * @param all  as for quantityCandidates
 */
export function formedCandidates(all: Matrix): readonly Candidate<TargetRows>[] {
  const whole = [...all.names.keys()];
  const twin = all.names.indexOf("twinFormedLogit");
  return [
    constantShares(formedClasses),
    ...(hasTwin(all) ? [logistic("twin with offset", [twin], formedClasses)] : []),
    logistic("logistic", whole, formedClasses),
    classProcess("Gaussian process of what is mixed", placesOf(all, mixedFeatures), all, formedClasses),
    classForest(formedClasses),
  ];
}

function hasTwin({ names }: Matrix): boolean {
  return names.includes(twinFeatures[0]);
}

/** What the twin says goes with any features. */
function placesOf({ names }: Matrix, wanted: readonly string[]): readonly number[] {
  const own: readonly string[] = [...wanted, ...twinFeatures];
  return [...names.keys()].filter((place) => own.includes(names[place]));
}
