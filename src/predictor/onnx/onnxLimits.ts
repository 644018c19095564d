import { phaseNames } from "../../chemistry/phases.js";
import { shortest } from "../../chemistry/twinTerms.js";
import type { Calibrator } from "../../calibration/Calibrator.js";
import type { OnnxKind } from "../../training/files/onnxGraph.js";
import { predictionLabel } from "../answerRecipes.js";
import { aboveZero, levelsOfEncoder } from "../checkRecipes.js";
import type { FeatureRange } from "../domainLimits.js";
import { type QuantityLimits, unanswerable } from "../quantityLimits.js";
import { columnsOfEncoder, recipeColumns } from "../recipeColumns.js";
import { mayMiss } from "./onnxFaults.js";
import type { OnnxPhaseParts } from "./OnnxPhaseParts.js";
import { inputColumns } from "./recipeInputs.js";

/** A file of another layout is of another version. */
export const onnxLimitsVersion = 1;

/** What an ONNX file carries of a model's limits, as JSON among its metadata: docs/serving-elsewhere.md. */
export interface OnnxLimits {
  readonly format: "cspbbr3-twin phase model";
  readonly version: typeof onnxLimitsVersion;
  /** Of every prediction. */
  readonly label: string;
  /** The model that the file was made from. */
  readonly model: string;
  readonly learner: string;
  /** In the order of the columns of `probabilities` and `set`. */
  readonly phases: readonly string[];
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly { name: string; kind: OnnxKind; columns: number; meaning: string }[];
  /** Applied inside; null where there is none. */
  readonly calibrator: Calibrator | null;
  /** Thresholds of recipes that tell all; or why there is no output `set`. */
  readonly sets:
    | {
        readonly alpha: number;
        readonly score: string;
        readonly of: "uncalibrated probabilities";
        readonly thresholds: readonly OnnxThreshold[];
      }
    | { readonly reason: string };
  /** Columns of `quantities`, `quantitiesLow` and `quantitiesHigh`. */
  readonly quantities: readonly OnnxQuantityLimits[];
  /** Numbers that are not among them, and why. */
  readonly withoutQuantities: readonly { readonly column: string; readonly reason: string }[];
  /** Columns of `beyond`: ranges of the features as the model sees them, less their mean over their deviation. */
  readonly ranges: readonly (FeatureRange & { readonly unit: string })[];
  readonly distance:
    { readonly threshold: number; readonly falseAlarm: number; readonly rows: number } | { readonly reason: string };
  readonly notCarried: readonly string[];
}

/** A column of a recipe that the graph takes. */
export interface OnnxInput {
  readonly name: string;
  readonly kind: "number" | "category";
  readonly unit: string;
  readonly meaning: string;
  /** Null: no bound. */
  readonly min: number | null;
  readonly max: number | null;
  readonly aboveZero: boolean;
  readonly mayBeMissing: boolean;
  /** Whether the model reads it; else it is counted into another column, or says what stands there. */
  readonly isRead: boolean;
  /** What training rows had; null of numbers. */
  readonly levels: readonly string[] | null;
}

/** Of a phase. */
export interface OnnxThreshold {
  readonly phase: string;
  /** 1 less the probability may be this at most; null where rows were too few: the phase is in every set. */
  readonly value: number | null;
  readonly rows: number;
  readonly groups: number | null;
}

/** Of a number of the product. */
export interface OnnxQuantityLimits extends Pick<QuantityLimits, "column" | "unit" | "scale" | "rows" | "ceiling"> {
  readonly alpha: number;
  /** Half the width of the interval, on the standardised scale. */
  readonly halfWidth: number;
}

/** What is always left to `twin predict`. */
const never: readonly string[] = [
  "limits of recipes that leave values out: sets, intervals and distance of each choice of missing columns",
  "names of sources that the list of reagents knows in other spellings, or joined by + in one's own words",
  "explanations, advice, nearest experiments, and what the chemist's rules say",
];

/** @param found.answered  quantities that the graph answers */
export function onnxLimits(
  { model, learner, encoder, limits, sets, notCarried = [] }: OnnxPhaseParts,
  {
    outputs,
    noSets,
    answered,
    names,
  }: {
    readonly outputs: OnnxLimits["outputs"];
    readonly noSets: string | null;
    readonly answered: readonly QuantityLimits[];
    readonly names: readonly string[];
  },
): OnnxLimits {
  const { calibrator, domain, quantities } = limits;
  const isOptional = mayMiss(encoder);
  const levels = levelsOfEncoder(encoder);
  const read = new Set(columnsOfEncoder(encoder));
  const units = new Map(encoder.columns.map(({ name, unit }) => [name, unit]));
  const { distance } = domain;
  return {
    format: "cspbbr3-twin phase model",
    version: onnxLimitsVersion,
    label: predictionLabel,
    model,
    learner,
    phases: phaseNames,
    inputs: inputColumns(encoder).map((name) => {
      const { kind, unit, meaning, min = null, max = null } = recipeColumns[name];
      return {
        name,
        kind,
        unit,
        meaning,
        // What is shorter counts as the shortest.
        min: Object.hasOwn(shortest, name) ? 0 : min,
        max,
        aboveZero: aboveZero.has(name) && !Object.hasOwn(shortest, name),
        mayBeMissing:
          kind === "number" ? !read.has(name) || isOptional(name) : levels.get(name)?.includes("") !== false,
        isRead: read.has(name),
        levels: levels.get(name) ?? null,
      };
    }),
    outputs,
    calibrator,
    sets:
      noSets !== null || "reason" in sets
        ? { reason: noSets! }
        : {
            alpha: sets.alpha,
            score: sets.rule.score,
            of: "uncalibrated probabilities",
            thresholds: sets.thresholds.map(({ value, rows, groups }, k) => ({
              phase: phaseNames[k],
              value,
              rows,
              groups,
            })),
          },
    quantities: answered.map(({ column, unit, scale, rows, ceiling, intervals }) => ({
      column,
      unit,
      scale,
      rows,
      ceiling,
      alpha: intervals.alpha,
      halfWidth: intervals.thresholds[0].value!,
    })),
    withoutQuantities: quantities
      .filter((one) => !answered.includes(one))
      .map((one) => ({ column: one.column, reason: unanswerable(one)! })),
    ranges: names.map((name) => ({
      ...domain.ranges.find((one) => one.name === name)!,
      unit: units.get(name)!,
    })),
    distance:
      "reason" in distance
        ? distance
        : { threshold: distance.threshold, falseAlarm: distance.falseAlarm, rows: distance.rows },
    notCarried: [...never, ...notCarried],
  };
}
