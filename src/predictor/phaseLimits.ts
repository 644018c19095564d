import * as z from "zod";
import { calibrate } from "../calibration/calibrate.js";
import type { Calibrator } from "../calibration/Calibrator.js";
import { parseCalibrator } from "../calibration/parseCalibrator.js";
import { phaseNames } from "../chemistry/phases.js";
import { InputError } from "../core/InputError.js";
import { argmax } from "../core/metrics/argmax.js";
import type { Matrix } from "../core/Matrix.js";
import { conformalSets } from "../uncertainty/conformal/conformalSets.js";
import type { ConformalSets } from "../uncertainty/conformal/fitConformalSets.js";
import { holdsClass } from "../uncertainty/conformal/labelSets.js";
import { parseConformalSets } from "../uncertainty/conformal/parseConformalSets.js";
import { type DomainAnswer, domainAnswers, type DomainLimits, domainShape } from "./domainLimits.js";

/**
 * How far a model of the phase may be believed: plain JSON, stored beside its weights as what mends its probabilities.
 */
export interface PhaseLimits {
  /** Version 1 had one threshold for all phases, and ranges alone. */
  readonly version: typeof limitsVersion;
  /** What stood whole in one part of the split; not there in models of before it was stored. */
  readonly splitBy?: (typeof splitUnits)[number];
  /** Null where calibrate rows could not say how: they are then given as the network has them. */
  readonly calibrator: Calibrator | null;
  /**
   * One threshold per phase, of the network's own probabilities: the calibrator has seen the calibrate rows, and
   * sets of what it mends would lose their promise.
   */
  readonly sets: ConformalSets;
  readonly domain: DomainLimits;
}

export const limitsVersion = 2;
const splitUnits = ["batch", "recipe", "row"] as const;

/** What a model says of a recipe, with its limits. */
export interface PhaseAnswer extends DomainAnswer {
  /** The likeliest one. */
  readonly phase: string;
  /** By phase; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /**
   * Holds the phase of 9 in 10 new recipes of each phase, where they are like those of training; empty where none fits.
   */
  readonly set: readonly string[];
  /** Whether it lies outside in no way: no proof that it is like those of training. */
  readonly inDomain: boolean;
}

/** @param probabilities  of the network on the rows of `features`, row-major */
export function phaseAnswers(
  { calibrator, sets, domain }: PhaseLimits,
  features: Matrix,
  probabilities: Float64Array,
): PhaseAnswer[] {
  const mended = calibrator === null ? probabilities : calibrate(calibrator, probabilities);
  const kept = conformalSets(sets, probabilities);
  const places = domainAnswers(domain, features);
  const namesOf = new Map<number, readonly string[]>();
  for (const set of kept)
    if (!namesOf.has(set))
      namesOf.set(
        set,
        phaseNames.filter((_, k) => holdsClass(set, k)),
      );
  const likeliest = argmax(mended, phaseNames.length);
  return Array.from(kept, (set, row) => {
    const probabilities: Record<string, number> = {};
    for (let k = 0; k < phaseNames.length; k++) probabilities[phaseNames[k]] = mended[row * phaseNames.length + k];
    return {
      phase: phaseNames[likeliest[row]],
      probabilities,
      set: namesOf.get(set)!,
      inDomain: places[row].outside.length === 0,
      ...places[row],
    };
  });
}

const shape = z.strictObject({
  version: z.literal(limitsVersion),
  splitBy: z.enum(splitUnits).optional(),
  calibrator: z.unknown(),
  sets: z.unknown(),
  domain: domainShape,
});

/**
 * @param value  as it was stored beside a model
 * @param where  the model, for the message
 * @throws InputError if it is no such limits
 */
export function parsePhaseLimits(value: unknown, where: string): PhaseLimits {
  const { success, data } = shape.safeParse(value);
  if (!success) {
    const [got, mend] =
      typeof value === "object" && value !== null && "sets" in value
        ? ["limits of another version", "train it again with `twin train`"]
        : ["one without", "name a model that `twin train` saved"];
    throw new InputError({
      where,
      must: `must be a model of the phase that carries its limits, version ${limitsVersion}`,
      got,
      mend,
    });
  }
  return {
    version: data.version,
    ...(data.splitBy === undefined ? {} : { splitBy: data.splitBy }),
    calibrator: data.calibrator === null ? null : parseCalibrator(data.calibrator, where),
    sets: parseConformalSets(data.sets, where),
    domain: data.domain,
  };
}
