import { calibrate } from "../calibration/calibrate.js";
import type { Calibrator } from "../calibration/Calibrator.js";
import { phaseNames } from "../chemistry/phases.js";
import { outcomeFields } from "../chemistry/recipeSchema.js";
import { InputError } from "../core/InputError.js";
import type { EncodedColumn, Encoder } from "../features/Encoder.js";
import { recipeFeatures } from "../features/recipeFeatures.js";
import type { TargetScale } from "../training/files/Model.js";
import type { Network } from "../training/Network.js";
import type { ConformalSets } from "../uncertainty/conformal/fitConformalSets.js";
import type { CalibrateRows } from "./calibrateRows.js";
import type { DomainLimits } from "./domainLimits.js";
import type { PhaseLimits } from "./phaseLimits.js";
import type { QuantityLimits } from "./quantityLimits.js";
import { columnsOfEncoder, recipeColumns } from "./recipeColumns.js";

/** Beyond it, what a model computes leaves the numbers of float32. */
const largest = 1e20;

/**
 * Makes sure that the parts of a model of the phase fit each other and the recipes, so that a file that was edited by
 * hand is refused when it is loaded and not when it meets a recipe.
 *
 * @param model.features  of its networks, in their order
 * @param model.targets   likewise
 * @param where           the model, for the message
 * @throws InputError naming the part and the first thing in it that does not fit
 */
export function checkPhaseModel(
  {
    features,
    targets,
    encoder,
    limits,
    targetScales,
  }: Pick<Network, "features" | "targets"> & {
    readonly encoder: Encoder;
    readonly limits: PhaseLimits;
    readonly targetScales: readonly TargetScale[];
  },
  where: string,
): void {
  const fault =
    encoderFault(encoder, features) ??
    calibratorFault(limits.calibrator) ??
    setsFault(limits.sets) ??
    domainFault(limits.domain, features) ??
    quantitiesFault(limits.quantities, targets, targetScales) ??
    calibrateRowsFault(limits.calibrateRows, encoder, targets.length);
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

function quantitiesFault(
  quantities: readonly QuantityLimits[],
  targets: readonly string[],
  scales: readonly TargetScale[],
): string | null {
  const columns = quantities.map(({ column }) => column);
  if (!isSame(columns, targets))
    return `limits of the numbers ${columns.join(", ")}, of networks of ${targets.join(", ")}`;
  const strange = quantities.find(({ column, unit }) => outcomeUnit(column) !== unit);
  if (strange !== undefined) return `"${strange.column}" in ${strange.unit}, which is no number of an outcome`;
  const bad = scales.findIndex(({ mean, scale }) => !(isUsable(mean) && isUsable(scale) && scale > 0));
  return bad < 0 && scales.length === targets.length ? null : "a mean and a scale for each number that it predicts";
}

function outcomeUnit(column: string): string | null {
  return Object.hasOwn(outcomeFields, column) && outcomeFields[column].kind === "number"
    ? outcomeFields[column].unit
    : null;
}

function calibrateRowsFault(
  { numbers, texts, phases, targets, groups }: CalibrateRows,
  encoder: Encoder,
  count: number,
): string | null {
  const kept = [...Object.keys(numbers), ...Object.keys(texts)];
  const absent = columnsOfEncoder(encoder).find((name) => !kept.includes(name));
  if (absent !== undefined) return `calibrate rows without ${absent}`;
  const strange = kept.find((name) => !isColumn(name, Object.hasOwn(numbers, name) ? "number" : "category"));
  if (strange !== undefined) return `calibrate rows with "${strange}", no such column of a recipe`;
  if (targets.length !== count) return `calibrate rows with ${targets.length} numbers, not ${count}`;
  const categories = Object.values(texts);
  if (categories.some(({ levels, codes }) => codes.some((code) => code >= levels.length)))
    return "calibrate rows with a text that has no level";
  const columns = [
    ...Object.values(numbers),
    ...categories.map(({ codes }) => codes),
    ...targets,
    ...(groups === null ? [] : [groups]),
  ];
  if (columns.some(({ length }) => length !== phases.length)) return "calibrate rows of unequal length";
  const values = [...Object.values(numbers), ...targets].flat();
  if (values.some((value) => value !== null && !isUsable(value)))
    return `calibrate rows with a number beyond ${largest}`;
  return phases.every((phase) => phase < phaseNames.length) ? null : "calibrate rows of other phases";
}

function isUsable(value: number): boolean {
  return Math.abs(value) <= largest;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, i) => one === others[i]);
}
