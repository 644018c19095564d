import { crossConformalIntervals } from "../../uncertainty/conformal/crossConformalIntervals.js";
import { crossConformalSets } from "../../uncertainty/conformal/crossConformalSets.js";
import { type Matrix } from "../../core/Matrix.js";
import { shortText } from "../../core/shortText.js";
import { chosenAnswerer } from "../fewRows/nestedChoice.js";
import { formedClasses } from "./plateletCandidates.js";
import type { PlateletModel, PlateletTarget, TargetModel } from "./PlateletModel.js";
import { plateletFeatures, type PlateletRows, recipeHash } from "./plateletRows.js";
import { candidatesOf, modelFeatures } from "./trainPlatelets.js";

/** A quantity with its limits, in nm. */
export interface PlateletQuantity {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** In which way a recipe is unlike those of training. */
export interface OutsideReason {
  /** Without a value or name of the recipe, for where it must be kept back. */
  readonly why: string;
  /** With them. */
  readonly told: string;
}

/** What is told of one synthesis. */
export interface PlateletAnswer {
  readonly experiment: string;
  /** Of the emission, if a perovskite forms. */
  readonly peak: PlateletQuantity;
  /** At half maximum, likewise. */
  readonly width: PlateletQuantity;
  readonly formed: {
    readonly probability: number;
    /** At least the likelier one; both where nothing was tried with such an antisolvent. */
    readonly set: readonly (typeof formedClasses)[number][];
  };
  /** Why the recipe is unlike those of training; empty where it is not. Limits may not hold there. */
  readonly outside: readonly OutsideReason[];
  /** Whether it repeats a recipe of training, in whichever fraction. */
  readonly repeat: boolean;
}

/**
 * Answers platelet syntheses. Limits are those of CV+ (crossConformalIntervals, crossConformalSets), wider where a
 * Gaussian process is less sure: with alpha 0.1 about 90 % hold the outcome where new rows are like those of training,
 * one by one, and at least nearly 80 % do. Rows of a later series are not quite like them. A row is answered alike
 * whatever comes with it.
 *
 * @param options.alpha  of the limits (default 0.1)
 */
export async function answerPlatelets(
  model: PlateletModel,
  rows: PlateletRows,
  { alpha = 0.1 }: { readonly alpha?: number } = {},
): Promise<readonly PlateletAnswer[]> {
  const features = await modelFeatures(rows, model.means, model.twin);
  const peak = quantities(model, "peak", features, alpha);
  const logWidth = quantities(model, "width", features, alpha);
  const width = logWidth.map(({ value, low, high }) => ({
    value: Math.exp(value),
    low: Math.exp(low),
    high: Math.exp(high),
  }));
  const formed = chances(model, features, alpha);
  const known = new Set(model.recipes);
  const reasons = outsideReasons(model);
  const isStrange = (row: number): boolean => !model.solvents.includes(rows.solvents[row]);
  return rows.experiments.map((experiment, row) => ({
    experiment,
    peak: peak[row],
    width: width[row],
    // With nothing to tell it from: in DMF, DMSO and acetonitrile the first tries failed.
    formed: isStrange(row) ? { ...formed[row], set: formedClasses } : formed[row],
    outside: reasons(rows, features, row),
    repeat: known.has(recipeHash(rows.recipes[row])),
  }));
}

/** Answers for rows by the model of all rows, and by that of each fold. */
function answersOf(
  model: PlateletModel,
  target: PlateletTarget,
  features: Matrix,
): { readonly whole: Float64Array; readonly byFold: readonly Float64Array[]; readonly own: TargetModel } {
  const own = model.targets[target];
  const candidates = candidatesOf(target, model.features);
  const asked = { features, places: new Uint32Array(0), target: new Float64Array(0) };
  const [whole, ...byFold] = [own.chosen, ...own.chosen.folds].map((chosen) =>
    chosenAnswerer(candidates, chosen)(asked),
  );
  return { whole, byFold, own };
}

function quantities(
  model: PlateletModel,
  target: "peak" | "width",
  features: Matrix,
  alpha: number,
): readonly PlateletQuantity[] {
  const { whole, byFold, own } = answersOf(model, target, features);
  const part = (answers: Float64Array, at: 0 | 1): Float64Array => answers.filter((_, i) => i % 2 === at);
  const seen = own.outOfFold.length;
  const { low, high } = crossConformalIntervals(
    {
      // Distances are kept, in units of deviations.
      truth: own.outOfFold,
      predictions: new Float64Array(seen),
      deviations: new Float64Array(seen).fill(1),
      foldOf: own.chosen.foldOf,
    },
    byFold.map((answers) => part(answers, 0)),
    { alpha, foldDeviations: byFold.map((answers) => part(answers, 1)) },
  );
  // The models of folds may all lie beside that of all rows.
  return Array.from(part(whole, 0), (value, row) => ({
    value,
    low: Math.min(value, low[row]),
    high: Math.max(value, high[row]),
  }));
}

function chances(model: PlateletModel, features: Matrix, alpha: number): readonly PlateletAnswer["formed"][] {
  const { whole, byFold, own } = answersOf(model, "formed", features);
  const { sets } = crossConformalSets(
    {
      // The rule asks for the probability of what happened alone: call that class 0.
      labels: new Uint8Array(own.outOfFold.length),
      probabilities: Array.from(own.outOfFold).flatMap((probability) => [probability, 1 - probability]),
      foldOf: own.chosen.foldOf,
    },
    byFold,
    { alpha, score: "lac" },
  );
  return Array.from(sets, (set, row) => {
    const probability = whole[2 * row + 1];
    return {
      probability,
      // Where outcomes are surer than the promise, a set could be empty.
      set: formedClasses.filter((_, k) => ((set >> k) & 1) === 1 || whole[2 * row + k] >= 0.5),
    };
  });
}

/** Amounts that are held to the range of training, as a chemist would say them. */
const amounts: readonly {
  readonly feature: (typeof plateletFeatures)[number];
  readonly name: string;
  readonly say: (value: number) => string;
}[] = [
  { feature: "rootCaesiumLeadRatio", name: "Cs:Pb", say: (root) => digits(root ** 2) },
  { feature: "rootAddedPerLead", name: "antisolvent per lead", say: (root) => `${digits(root ** 2)} mL/mmol` },
  { feature: "leadMillimolar", name: "lead", say: (value) => `${digits(value)} mmol/L` },
  { feature: "caesiumMillimolar", name: "caesium", say: (value) => `${digits(value)} mmol/L` },
];

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function outsideReasons(
  model: PlateletModel,
): (rows: PlateletRows, features: Matrix, row: number) => readonly OutsideReason[] {
  const { features: own } = model;
  const ranges = amounts.map(({ feature, name, say }) => {
    const column = own.names.indexOf(feature);
    const values = Array.from({ length: own.rows }, (_, row) => own.values[row * own.columns + column]);
    return { column, name, say, low: Math.min(...values), high: Math.max(...values) };
  });
  return (rows, features, row) => {
    const solvent = rows.solvents[row];
    const isUnknown = plateletFeatures.some((_, j) => Number.isNaN(rows.features[row * plateletFeatures.length + j]));
    const reasons: OutsideReason[] = [];
    if (!model.solvents.includes(solvent))
      reasons.push({
        why: "no training row has its antisolvent",
        told: solvent === "" ? "every training row has an antisolvent" : `no training row has ${shortText(solvent)}`,
      });
    if (isUnknown)
      reasons.push({
        why: "the list of reagents does not tell how polar its antisolvent is",
        told: `the list of reagents does not tell how polar ${shortText(solvent)} is`,
      });
    for (const { column, name, say, low, high } of ranges) {
      const value = features.values[row * features.columns + column];
      if (value >= low && value <= high) continue;
      const compared = `is ${value < low ? "less" : "more"} than in any training row`;
      reasons.push({
        why: `${name} ${compared}`,
        told: `${name} ${say(value)} ${compared} (${say(low)} to ${say(high)})`,
      });
    }
    return reasons;
  };
}
