import type { Calibrator } from "../../calibration/Calibrator.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { ruleColumns } from "../../chemistry/phaseRules.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { selectRows } from "../../core/Table.js";
import { type CalibrateRows, keptNumbers, keptRecipes } from "../../predictor/calibrateRows.js";
import type { NetworkAnswers } from "../../predictor/meanAnswers.js";
import { limitsVersion, type PhaseLimits } from "../../predictor/phaseLimits.js";
import type { QuantityCeiling, QuantityLimits } from "../../predictor/quantityLimits.js";
import { columnsOfEncoder } from "../../predictor/recipeColumns.js";
import { conformalIntervals } from "../../uncertainty/conformal/conformalIntervals.js";
import { conformalSets } from "../../uncertainty/conformal/conformalSets.js";
import { coverageOfIntervals } from "../../uncertainty/conformal/coverageOfIntervals.js";
import { fitConformalIntervals } from "../../uncertainty/conformal/fitConformalIntervals.js";
import { fitConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { setSize } from "../../uncertainty/conformal/labelSets.js";
import { fitDomainLimits } from "./fitDomainLimits.js";
import { fitRuleRecords } from "./fitRuleRecords.js";
import type { PhaseData } from "./phaseData.js";
import { phaseRandom } from "./phaseExperiments.js";
import { labelsOf } from "./phaseTable.js";
import { type Quantity, quantityUnit } from "./quantities.js";

/** Share of rows whose set may miss the phase, or whose interval may miss the number. */
const alpha = 0.1;
/** Calibrate rows that go with the model: each choice of missing columns costs a pass of the network over them. */
const keptRows = 4_000;

type LimitsData = Pick<
  PhaseData,
  | "seed"
  | "table"
  | "hidden"
  | "encoder"
  | "features"
  | "labels"
  | "split"
  | "groups"
  | "splitBy"
  | "quantities"
  | "targets"
>;

/**
 * @param data      its calibrate rows are used, and features and phases of its training rows
 * @param answers   of the networks on the calibrate rows
 * @param ceilings  by column, where they are known
 * @returns with the reason why there is no calibrator, null where there is one
 */
export function fitPhaseLimits(
  data: LimitsData,
  { probabilities, targets }: NetworkAnswers,
  ceilings: Readonly<Record<string, QuantityCeiling>> = {},
): PhaseLimits & { readonly uncalibrated: string | null } {
  const { labels, split, splitBy, quantities } = data;
  const own = labelsOf(labels, split.calibrate);
  const sets = fitConformalSets(probabilities, own, {
    alpha,
    strata: "class",
    groups: groupsOf(data, split.calibrate),
  });
  return {
    version: limitsVersion,
    splitBy,
    ...temperatureOf(own, probabilities),
    sets,
    setSize: conformalSets(sets, probabilities).reduce((sum, one) => sum + setSize(one), 0) / own.length,
    domain: fitDomainLimits(data),
    quantities: quantities.map((quantity, k) => quantityLimits(data, quantity, k, targets, ceilings[quantity.column])),
    calibrateRows: calibrateRowsOf(data),
    rules: rulesOf(data),
  };
}

/** On the training rows as the networks learned from them, values hidden. */
function rulesOf(data: LimitsData): PhaseLimits["rules"] {
  const { seed, hidden, split, labels } = data;
  if (!ruleColumns.every((name) => Object.hasOwn(hidden.columns, name))) return null;
  return fitRuleRecords(selectRows(hidden, split.train), labelsOf(labels, split.train), {
    groups: groupsOf(data, split.train) ?? null,
    random: phaseRandom(seed, "phase model, rules"),
  });
}

function groupsOf({ groups }: Pick<LimitsData, "groups">, rows: Uint32Array): string[] | undefined {
  return groups === null ? undefined : Array.from(rows, (row) => groups[row]);
}

/** Rows that are all answered rightly, or all of one phase, have no temperature. */
function temperatureOf(
  labels: Uint8Array,
  probabilities: Float64Array,
): { readonly calibrator: Calibrator | null; readonly uncalibrated: string | null } {
  try {
    return { calibrator: fitTemperature(labels, probabilities), uncalibrated: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { calibrator: null, uncalibrated: error.message };
  }
}

function quantityLimits(
  data: LimitsData,
  quantity: Quantity,
  k: number,
  outputs: Float64Array,
  ceiling: QuantityCeiling | undefined,
): QuantityLimits {
  const { split, targets, quantities } = data;
  const count = quantities.length;
  const measured = Array.from(split.calibrate.keys()).filter(
    (i) => !Number.isNaN(targets[split.calibrate[i] * count + k]),
  );
  const centre = Float64Array.from(measured, (i) => outputs[i * count + k]);
  const truth = Float64Array.from(measured, (i) => targets[split.calibrate[i] * count + k]);
  const rows = Uint32Array.from(measured, (i) => split.calibrate[i]);
  const intervals = fitConformalIntervals({ centre }, truth, { alpha, groups: groupsOf(data, rows) });
  const { relativeWidth } =
    truth.length === 0
      ? { relativeWidth: null }
      : coverageOfIntervals(conformalIntervals(intervals, { centre }), truth, { alpha, reference: truth });
  return {
    column: quantity.column,
    unit: quantityUnit(quantity),
    scale: quantity.scaleName,
    intervals,
    rows: truth.length,
    relativeWidth,
    ceiling: ceiling ?? { reason: "nobody has asked the simulator about experiments like these" },
  };
}

/** A draw of the calibrate rows, with which the limits of recipes that tell less are found. */
function calibrateRowsOf(data: LimitsData): CalibrateRows {
  const { seed, table, encoder, split, labels, targets, quantities } = data;
  const rows = shuffledRows(split.calibrate, phaseRandom(seed, "phase model, kept rows")).slice(0, keptRows).sort();
  const count = quantities.length;
  const groups = groupsOf(data, rows);
  return {
    ...keptRecipes(selectRows(table, rows), columnsOfEncoder(encoder)),
    phases: Array.from(rows, (row) => labels[row]),
    targets: quantities.map((_, k) => keptNumbers(Float64Array.from(rows, (row) => targets[row * count + k]))),
    groups: groups === undefined ? null : Array.from(groupCodes(groups).codes),
  };
}
