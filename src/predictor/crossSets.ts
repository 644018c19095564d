import { phaseNames } from "../chemistry/phases.js";
import { argmax } from "../core/metrics/argmax.js";
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
 * Sets of phases by a cross-validation (crossConformalSets), and the likeliest phase in any case: of a model that is
 * mostly right a set would else be empty where it hesitates. Where rows of fewer than two folds tell as much as a
 * recipe, all phases are in its set.
 *
 * @param whole    of the new rows, by the model of all rows: row-major [rows, phases]
 * @param answers  likewise by the model of each of the model's folds
 */
export function crossSets(sets: CrossSets, whole: Float64Array, answers: readonly Float64Array[]): Uint32Array {
  const likeliest = argmax(whole, phaseNames.length);
  if (sets.folds.length < 2) return new Uint32Array(likeliest.length).fill(2 ** phaseNames.length - 1);
  const own = sets.folds.map((fold) => answers[fold]);
  return crossConformalSets(sets, own, { alpha: sets.alpha }).sets.map((set, row) => set | (1 << likeliest[row]));
}
