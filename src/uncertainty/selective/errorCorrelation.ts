import { checkScores } from "../../core/metrics/checkScores.js";

/**
 * Pearson correlation of errors with uncertainty: how much of being wrong a model sees coming. Larger is better; see
 * attainableCorrelation for how large it can be.
 *
 * @param errors       1 where the model was wrong, else 0, shape [n]
 * @param uncertainty  shape [n]; 1 - probability of the likeliest class, by definition of the project's bar
 * @returns in [-1, 1]; null where one of the two does not vary
 * @throws RangeError if lengths differ, an error is neither 0 nor 1, or an uncertainty is not finite
 */
export function errorCorrelation(errors: ArrayLike<number>, uncertainty: ArrayLike<number>): number | null {
  checkScores(errors, uncertainty, "errorCorrelation");
  return correlationOfRows(
    errors,
    uncertainty,
    Uint32Array.from({ length: errors.length }, (_, row) => row),
  );
}

/** The same over some rows, one maybe several times, unchecked: for a bootstrap. */
export function correlationOfRows(
  errors: ArrayLike<number>,
  uncertainty: ArrayLike<number>,
  rows: Uint32Array,
): number | null {
  const n = rows.length;
  // Squares about a number from among them lose no digits, and one pass is enough.
  const centre = uncertainty[rows[0]];
  let [wrong, sum, squares, products] = [0, 0, 0, 0];
  for (const row of rows) {
    const shifted = uncertainty[row] - centre;
    wrong += errors[row];
    sum += shifted;
    squares += shifted * shifted;
    products += shifted * errors[row];
  }
  const spread = squares - (sum * sum) / n;
  // What rounding leaves of a constant is no spread.
  const varies = spread > 1e-12 * squares && wrong > 0 && wrong < n;
  return varies ? (products - (sum * wrong) / n) / Math.sqrt(spread * wrong * (1 - wrong / n)) : null;
}
