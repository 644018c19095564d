import { expectedCalibrationError } from "../../calibration/expectedCalibrationError.js";
import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { pairedComparison } from "../../validation/pairedComparison.js";
import { logLosses } from "./logLosses.js";
import { unlessAlike } from "./unlessAlike.js";

/** How far probabilities are from what they say. */
export interface ProbabilityScore {
  /** Log loss in nats: smaller is better. */
  readonly loss: EstimateOrReason;
  /** Expected calibration error of the likeliest class: smaller is better. */
  readonly error: EstimateOrReason;
  /** The error that calibrated probabilities would show by chance; null where there is none to show. */
  readonly chance: number | null;
  /** True where the error is no verdict: below 2,000 rows, or where there is none. */
  readonly underpowered: boolean;
}

/** Probabilities of the chosen rival as it told them, and as temperatures of the training rows mend them. */
export interface ProbabilityScores {
  readonly raw: ProbabilityScore;
  readonly calibrated: ProbabilityScore;
  /** Log loss of the first less that of the second: above 0 where mending helped. */
  readonly gain: EstimateOrReason;
  /** By fold; null where probabilities stayed as they came. */
  readonly temperatures: readonly (number | null)[];
}

/** What was told of the tested rows. */
export interface ToldProbabilities {
  /** Row-major, shape [rows, classes]. */
  readonly raw: Float64Array;
  readonly calibrated: Float64Array;
  readonly temperatures: readonly (number | null)[];
}

/** As many as the error has bins: with fewer it would be of rows alone. */
const fewestRows = 15;

/**
 * Log losses and calibration errors before and after mending, with intervals over groups.
 *
 * @param truth   class codes of the tested rows
 * @param groups  of the same
 * @param random  that of the chosen rival's scores, whose log loss has the same interval then
 */
export function scoreProbabilities(
  truth: readonly number[],
  { raw, calibrated, temperatures }: ToldProbabilities,
  { groups, unit }: { readonly groups: readonly string[]; readonly unit: string },
  random: Random,
): ProbabilityScores {
  const losses = (told: Float64Array): ((rows: Uint32Array) => number) =>
    meanOfRows(logLosses(truth, told, told.length / truth.length));
  const many = new Set(groups).size;
  const reason =
    many < 2
      ? `at least 2 of each ${unit} are needed; got ${many}`
      : truth.length < fewestRows
        ? `at least ${fewestRows} rows are needed, one to a bin; got ${truth.length}`
        : null;
  const scoreOf = (told: Float64Array): ProbabilityScore => {
    // The same draws of groups for both.
    const loss = unlessAlike(estimateOverGroups(groups, losses(told), random.fork("loss"), { kind: "mean", unit }));
    if (reason !== null)
      return { loss, error: { value: null, interval: null, reason }, chance: null, underpowered: true };
    const { value, interval, ...more } = expectedCalibrationError(truth, told, { groups, unit });
    return { loss, error: { value, interval, reason: null }, chance: more.chance, underpowered: more.underpowered };
  };
  return {
    raw: scoreOf(raw),
    calibrated: scoreOf(calibrated),
    gain: unlessAlike(
      pairedComparison(groups, losses(calibrated), losses(raw), random.fork("gain"), { better: "smaller", unit }).gain,
    ),
    temperatures,
  };
}
