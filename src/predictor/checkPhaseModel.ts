import { calibrate } from "../calibration/calibrate.js";
import type { Calibrator } from "../calibration/Calibrator.js";
import { phaseNames } from "../chemistry/phases.js";
import { InputError } from "../core/InputError.js";
import type { EncodedColumn, Encoder } from "../features/Encoder.js";
import { recipeFeatures } from "../features/recipeFeatures.js";
import type { ConformalSets } from "../uncertainty/conformal/fitConformalSets.js";
import type { DomainLimits } from "./domainLimits.js";
import type { PhaseLimits } from "./phaseLimits.js";
import { recipeColumns } from "./recipeColumns.js";

/** Beyond it, what a model computes leaves the numbers of float32. */
const largest = 1e20;

/**
 * Makes sure that the parts of a model of the phase fit each other and the recipes, so that a file that was edited by
 * hand is refused when it is loaded and not when it meets a recipe.
 *
 * @param model.features  of its networks, in their order
 * @param where           the model, for the message
 * @throws InputError naming the part and the first thing in it that does not fit
 */
export function checkPhaseModel(
  {
    features,
    encoder,
    limits,
  }: { readonly features: readonly string[]; readonly encoder: Encoder; readonly limits: PhaseLimits },
  where: string,
): void {
  const fault =
    encoderFault(encoder, features) ??
    calibratorFault(limits.calibrator) ??
    setsFault(limits.sets) ??
    domainFault(limits.domain, features);
  if (fault !== null)
    throw new InputError({
      where,
      must: "parts of a model must fit each other and the columns of a recipe",
      got: fault,
      mend: "the file was edited: restore the folder, or train and save the model again",
    });
}

function encoderFault({ columns }: Encoder, features: readonly string[]): string | null {
  const names = columns.map(({ name }) => name);
  if (!isSame(names, features)) return "an encoder of other features than the network's";
  const faults = columns.map((column, at) => columnFault(column, columns.slice(0, at)));
  return faults.find((fault) => fault !== null) ?? null;
}

function columnFault(column: EncodedColumn, before: readonly EncodedColumn[]): string | null {
  const fault = (what: string): string => `an encoder whose column "${column.name}" ${what}`;
  if (column.kind === "missing")
    return before.some(({ kind, name }) => kind === "number" && name === column.of)
      ? null
      : fault(`tells of "${column.of}", which is no number before it`);
  if (column.kind === "category")
    return isColumn(column.column, "category") ? null : fault(`reads "${column.column}", no category of a recipe`);
  const { source, mean, scale, fill } = column;
  if ("feature" in source) {
    if (!recipeFeatures.some(({ name }) => name === source.feature))
      return fault(`is made from "${source.feature}", no feature of a recipe`);
  } else if (!isColumn(source.column, "number")) return fault(`reads "${source.column}", no number of a recipe`);
  return isUsable(mean) && isUsable(scale) && isUsable(1 / scale) && isUsable(fill ?? 0)
    ? null
    : fault(`has a mean, scale or fill beyond ${largest}`);
}

/** Object.hasOwn: "__proto__" is a property of every object, and no column. */
function isColumn(name: string, kind: "number" | "category"): boolean {
  return Object.hasOwn(recipeColumns, name) && recipeColumns[name].kind === kind;
}

function calibratorFault(calibrator: Calibrator | null): string | null {
  if (calibrator === null) return null;
  const k = phaseNames.length;
  if (calibrator.classes !== k) return `a calibrator of ${calibrator.classes} classes, not ${k}`;
  if (!hasAllParameters(calibrator, k)) return "a calibrator with too few or too many parameters";
  // A sure answer for each class, and one that knows nothing.
  const probes = Array.from({ length: k * (k + 1) }, (_, i) => (i >= k * k ? 1 / k : i % (k + 1) === 0 ? 1 : 0));
  return calibrate(calibrator, probes).every((one) => one >= 0 && one <= 1)
    ? null
    : "a calibrator that gives numbers that are no probabilities";
}

function hasAllParameters(calibrator: Calibrator, k: number): boolean {
  switch (calibrator.method) {
    case "temperature":
      return true;
    case "vector":
      return calibrator.slopes.length === k && calibrator.offsets.length === k;
    case "matrix":
      return calibrator.slopes.length === k * k && calibrator.offsets.length === k;
    case "platt":
      return calibrator.curves.length === k;
    case "isotonic":
      return (
        calibrator.curves.length === k && calibrator.curves.every((one) => one === null || isCurve(one.at, one.values))
      );
    case "histogram":
      return (
        calibrator.curves.length === k &&
        calibrator.curves.every((one) => one === null || isCurve(one.upTo, one.values))
      );
  }
}

function isCurve(places: readonly number[], values: readonly number[]): boolean {
  return (
    places.length > 0 && places.length === values.length && places.every((one, i) => i === 0 || one >= places[i - 1])
  );
}

function setsFault({ classes, alpha, rule, within, thresholds }: ConformalSets): string | null {
  if (classes !== phaseNames.length || within !== "class") return "sets of other classes than the phases";
  if (!(alpha > 0 && alpha < 1)) return `sets that may miss a share of ${alpha}`;
  if (rule.randomised) return "sets that need a stream of random numbers";
  const strata = thresholds.map(({ stratum }) => stratum);
  return strata.length === classes && strata.every((stratum, k) => stratum === k)
    ? null
    : `sets with thresholds for ${strata.join(", ")} and not one for each phase`;
}

function domainFault({ ranges, distance }: DomainLimits, features: readonly string[]): string | null {
  if (
    !isSame(
      ranges.map(({ name }) => name),
      features,
    )
  )
    return "ranges of other features than the network's";
  const turned = ranges.find(({ low, high }) => low > high);
  if (turned !== undefined) return `a range of "${turned.name}" from ${turned.low} down to ${turned.high}`;
  if ("reason" in distance) return null;
  const { names, axes, centres } = distance.fitted;
  if (!isSame(names, features)) return "a distance over other features than the network's";
  const fits =
    axes.every((axis) => axis.length === names.length && axis.every(isUsable)) &&
    centres.every((centre) => centre.length === axes.length && centre.every(isUsable));
  return fits && axes.length > 0 && centres.length > 0 && distance.threshold >= 0
    ? null
    : "a distance whose axes and centres do not fit its features";
}

function isUsable(value: number): boolean {
  return Math.abs(value) <= largest;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, i) => one === others[i]);
}
