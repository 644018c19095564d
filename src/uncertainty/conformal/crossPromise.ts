import { checkAlpha } from "./checkAlpha.js";
import { conformalRank, rowsNeeded } from "./conformalRank.js";

/** What a cross-validation left for each training row, without calibration rows set aside. */
export interface CrossPromise {
  /** Of sorted residuals or scores, from 1; above `rows` none is enough. */
  readonly rank: number;
  readonly rows: number;
  readonly folds: number;
  /**
   * Least coverage that is proved, over training rows and new row together, for folds of equal size. Near 1 - alpha
   * is what one mostly sees.
   */
  readonly atLeast: number;
  /** Why everything enters, or null. */
  readonly reason: string | null;
}

/**
 * What CV+ promises: 1 - 2·alpha, less a little where folds hold several rows. Folds of one row each are the
 * jackknife+, which promises 1 - 2·alpha.
 *
 * @param foldOf  fold of each training row, 0 .. folds - 1
 * @param caller  function to name in errors
 * @throws RangeError if alpha leaves (0, 1), there are fewer than 2 folds, or a fold is no such number (row named) or
 *   has no row
 * @see Barber et al. 2021, doi:10.1214/20-AOS1965, theorems 1 and 4
 */
export function crossPromise(foldOf: ArrayLike<number>, folds: number, alpha: number, caller: string): CrossPromise {
  checkAlpha(alpha, caller);
  const rows = foldOf.length;
  if (folds < 2) throw new RangeError(`${caller}: at least 2 folds are needed; got predictions of ${folds}`);
  const sizes = new Uint32Array(folds);
  for (let row = 0; row < rows; row++) {
    if (!(Number.isInteger(foldOf[row]) && foldOf[row] >= 0 && foldOf[row] < folds))
      throw new RangeError(
        `${caller}: folds must be numbers below ${folds}, as many as there are models; row ${row} has ${foldOf[row]}`,
      );
    sizes[foldOf[row]]++;
  }
  const empty = sizes.indexOf(0);
  if (empty >= 0)
    throw new RangeError(
      `${caller}: every fold must have left out a row; fold ${empty} has none; give as many models as folds`,
    );
  const loss = Math.min((2 * (1 - 1 / folds)) / (rows / folds + 1), (1 - folds / rows) / (folds + 1));
  const needed = rowsNeeded(alpha);
  return {
    rank: conformalRank(rows, alpha),
    rows,
    folds,
    atLeast: Math.max(0, 1 - 2 * alpha - loss),
    reason: rows < needed ? `alpha = ${alpha} needs at least ${needed} training rows; got ${rows}` : null,
  };
}
