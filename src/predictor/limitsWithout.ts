import { type Matrix, selectMatrixColumns } from "../core/Matrix.js";
import { encode } from "../features/encode.js";
import type { Encoder } from "../features/Encoder.js";
import type { CrossSets } from "./crossSets.js";
import { conformalSets } from "../uncertainty/conformal/conformalSets.js";
import { conformalThreshold } from "../uncertainty/conformal/conformalThreshold.js";
import { type ConformalIntervals, fitConformalIntervals } from "../uncertainty/conformal/fitConformalIntervals.js";
import { type ConformalSets, fitConformalSets } from "../uncertainty/conformal/fitConformalSets.js";
import { setSize } from "../uncertainty/conformal/labelSets.js";
import { distanceOver } from "../uncertainty/domain/distanceOver.js";
import { featureDistances } from "../uncertainty/domain/featureDistances.js";
import { type CalibrateRows, recipesWithout } from "./calibrateRows.js";
import type { DomainLimits, KnownDomain } from "./domainLimits.js";
import { knownFeatures } from "./knownFeatures.js";
import type { NetworkAnswers } from "./meanAnswers.js";
import type { PhaseLimits } from "./phaseLimits.js";

/** How far a model may be believed about recipes that do not tell certain columns. */
export interface LimitsWithout extends KnownDomain {
  readonly missing: readonly string[];
  /** Of calibrate rows; or what a cross-validation said of its rows, told as little. */
  readonly sets: ConformalSets | CrossSets;
  /** Of the networks' targets, in their order. */
  readonly intervals: readonly ConformalIntervals[];
  /** Phases in a set, on average over the calibrate rows told as little; null where there are none. */
  readonly setSize: number | null;
}

/**
 * Limits of a model for recipes without some columns: sets, intervals and the distance are those of calibrate rows
 * that are told as little, so the promise holds for such recipes and not only on average over all. With nothing
 * missing they are the limits that are stored.
 *
 * @param answer  what the networks say of features
 * @see Zaffran, Dieuleveut, Josse and Romano 2023, arXiv:2306.02732: conformal prediction with missing data
 *   augmentation, CP-MDA with exact masking
 */
export function limitsWithout(
  { encoder, limits }: { readonly encoder: Encoder; readonly limits: PhaseLimits },
  missing: readonly string[],
  answer: (features: Matrix) => NetworkAnswers,
): LimitsWithout {
  const { calibrateRows: rows, sets: whole, setSize: wholeSize, quantities, domain } = limits;
  const known = knownFeatures(encoder, missing);
  if (missing.length === 0)
    return {
      missing,
      sets: whole,
      intervals: quantities.map(({ intervals }) => intervals),
      known,
      distance: wholeDistance(domain, known),
      setSize: wholeSize,
    };
  const { table, places } = recipesWithout(rows, missing);
  const features = encode({ ...encoder, unseen: "ignore" }, table);
  const { probabilities, targets } = answer(features);
  const groups = rows.groups === null ? undefined : Array.from(places, (place) => rows.groups![place]);
  const sets = fitConformalSets(
    probabilities,
    Array.from(places, (place) => rows.phases[place]),
    { alpha: whole.alpha, score: whole.rule.score, strata: "class", groups },
  );
  const sizes = conformalSets(sets, probabilities);
  return {
    missing,
    sets,
    intervals: quantities.map(({ intervals }, k) =>
      intervalsOf({ rows, places, targets, groups, k, count: quantities.length, alpha: intervals.alpha }),
    ),
    known,
    distance: distanceOf(domain, known, { features, groups }),
    setSize: sizes.length === 0 ? null : sizes.reduce((sum, one) => sum + setSize(one), 0) / sizes.length,
  };
}

function intervalsOf({
  rows,
  places,
  targets,
  groups,
  k,
  count,
  alpha,
}: {
  readonly rows: CalibrateRows;
  readonly places: Uint32Array;
  readonly targets: Float64Array;
  readonly groups: readonly number[] | undefined;
  readonly k: number;
  readonly count: number;
  readonly alpha: number;
}): ConformalIntervals {
  const measured = Array.from(places.keys()).filter((i) => rows.targets[k][places[i]] !== null);
  return fitConformalIntervals(
    { centre: Float64Array.from(measured, (i) => targets[i * count + k]) },
    Float64Array.from(measured, (i) => rows.targets[k][places[i]]!),
    { alpha, groups: groups && measured.map((i) => groups[i]) },
  );
}

function wholeDistance({ distance }: DomainLimits, known: readonly number[]): LimitsWithout["distance"] {
  if ("reason" in distance) return distance;
  const { fitted, threshold, falseAlarm } = distance;
  return { fitted: distanceOver(fitted, known), threshold, falseAlarm };
}

function distanceOf(
  { distance }: DomainLimits,
  known: readonly number[],
  { features, groups }: { readonly features: Matrix; readonly groups: readonly number[] | undefined },
): LimitsWithout["distance"] {
  if ("reason" in distance) return distance;
  const { falseAlarm } = distance;
  const fitted = distanceOver(distance.fitted, known);
  const distances = featureDistances(fitted, selectMatrixColumns(features, known));
  const { value, reason } = conformalThreshold(distances, falseAlarm, { groups });
  return value === null ? { reason: reason! } : { fitted, threshold: value, falseAlarm };
}
