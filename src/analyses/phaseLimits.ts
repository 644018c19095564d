import * as z from "zod";
import { calibrate } from "../calibration/calibrate.js";
import type { Calibrator } from "../calibration/Calibrator.js";
import { fitTemperature } from "../calibration/fitTemperature.js";
import { parseCalibrator } from "../calibration/parseCalibrator.js";
import { phaseNames } from "../chemistry/phases.js";
import { InputError } from "../core/InputError.js";
import type { Matrix } from "../core/Matrix.js";
import { conformalSets } from "../uncertainty/conformal/conformalSets.js";
import { type ConformalSets, fitConformalSets } from "../uncertainty/conformal/fitConformalSets.js";
import { holdsClass } from "../uncertainty/conformal/labelSets.js";
import { parseConformalSets } from "../uncertainty/conformal/parseConformalSets.js";
import { labelsOf } from "./balancingData.js";
import type { PhaseData } from "./phaseData.js";

/** How far a model of the phase may be believed: plain JSON, stored beside its weights as what mends its probabilities. */
export interface PhaseLimits {
  /** Null where calibrate rows could not say how: they are then given as the network has them. */
  readonly calibrator: Calibrator | null;
  /** Of the network's own probabilities: the calibrator has seen the calibrate rows, and sets of what it mends would lose their promise. */
  readonly sets: ConformalSets;
  /** Of each feature among training rows, standardised as the network sees it. */
  readonly domain: readonly FeatureRange[];
}

export interface FeatureRange {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Share of rows whose set may miss the phase. */
const alpha = 0.1;

/**
 * @param data           its calibrate rows are used, and the features of its training rows
 * @param probabilities  of the network on the calibrate rows, row-major
 * @returns with the reason why there is no calibrator, null where there is one
 */
export function fitPhaseLimits({ features, labels, split, batches }: Pick<PhaseData, "features" | "labels" | "split" | "batches">, probabilities: Float64Array): PhaseLimits & { readonly uncalibrated: string | null } {
  const own = labelsOf(labels, split.calibrate);
  const groups = batches === null ? undefined : Array.from(split.calibrate, (row) => batches[row]);
  return { ...temperatureOf(own, probabilities), sets: fitConformalSets(probabilities, own, { alpha, groups }), domain: rangesOf(features, split.train) };
}

/** Rows that are all answered rightly, or all of one phase, have no temperature. */
function temperatureOf(labels: Uint8Array, probabilities: Float64Array): { readonly calibrator: Calibrator | null; readonly uncalibrated: string | null } {
  try {
    return { calibrator: fitTemperature(labels, probabilities), uncalibrated: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { calibrator: null, uncalibrated: error.message };
  }
}

function rangesOf({ names, columns, values }: Matrix, rows: Uint32Array): FeatureRange[] {
  return names.map((name, column) => {
    let [low, high] = [Infinity, -Infinity];
    for (const row of rows) {
      low = Math.min(low, values[row * columns + column]);
      high = Math.max(high, values[row * columns + column]);
    }
    return { name, low, high };
  });
}

/** What a model says of a recipe, with its limits. */
export interface PhaseAnswer {
  /** The likeliest one. */
  readonly phase: string;
  /** By phase; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Holds the phase of 9 in 10 new recipes like those of training; empty where none fits. */
  readonly set: readonly string[];
  /** Whether every feature lies in its range among training rows: no proof that the recipe is like one of them. */
  readonly inDomain: boolean;
  /** Features that do not. */
  readonly outside: readonly string[];
}

/** @param probabilities  of the network on the rows of `features`, row-major */
export function phaseAnswers({ calibrator, sets, domain }: PhaseLimits, features: Matrix, probabilities: Float64Array): PhaseAnswer[] {
  const mended = calibrator === null ? probabilities : calibrate(calibrator, probabilities);
  const kept = conformalSets(sets, probabilities);
  return Array.from(kept, (set, row) => {
    const own = mended.subarray(row * phaseNames.length, (row + 1) * phaseNames.length);
    const outside = domain.filter(({ low, high }, column) => !within(features.values[row * features.columns + column], low, high)).map(({ name }) => name);
    return {
      phase: phaseNames[own.indexOf(Math.max(...own))],
      probabilities: Object.fromEntries(phaseNames.map((phase, k) => [phase, own[k]])),
      set: phaseNames.filter((_, k) => holdsClass(set, k)),
      inDomain: outside.length === 0,
      outside,
    };
  });
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

const domain = z.array(z.strictObject({ name: z.string(), low: z.number(), high: z.number() }));
const shape = z.strictObject({ calibrator: z.unknown(), sets: z.unknown(), domain });

/**
 * @param value  as it was stored beside a model
 * @param where  the model, for the message
 * @throws InputError if it is no such limits
 */
export function parsePhaseLimits(value: unknown, where: string): PhaseLimits {
  const { success, data } = shape.safeParse(value);
  if (!success) throw new InputError({ where, must: "must be a model of the phase that carries its limits", got: "one without", mend: "name a model that `twin train` saved" });
  return { calibrator: data.calibrator === null ? null : parseCalibrator(data.calibrator, where), sets: parseConformalSets(data.sets, where), domain: data.domain };
}
