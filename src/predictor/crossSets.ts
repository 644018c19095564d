import { phaseNames } from "../chemistry/phases.js";
import { crossConformalSets, type OutOfFoldProbabilities } from "../uncertainty/conformal/crossConformalSets.js";

/** What a cross-validation said of its rows, for the sets of others. */
export interface CrossSets extends OutOfFoldProbabilities {
  readonly probabilities: Float64Array;
  readonly foldOf: readonly number[];
  /** Which of the model's folds these are: some may have no row. */
  readonly folds: readonly number[];
  /** Share of rows whose set may miss the phase. */
  readonly alpha: number;
}

/**
 * Sets of phases by a cross-validation (crossConformalSets). Where rows of fewer than two folds tell as much as a
 * recipe, all phases are in its set.
 *
 * @param answers  of the new rows, by the model of each of `sets.folds`: row-major [rows, phases]
 */
export function crossSets(sets: CrossSets, answers: readonly Float64Array[]): Uint32Array {
  if (sets.folds.length < 2) return new Uint32Array(rowsOf(answers)).fill(2 ** phaseNames.length - 1);
  return crossConformalSets(sets, answers, { alpha: sets.alpha }).sets;
}

function rowsOf(answers: readonly Float64Array[]): number {
  return answers.length === 0 ? 0 : answers[0].length / phaseNames.length;
}
