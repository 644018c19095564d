export interface CholeskyOptions {
  /**
   * What stands for a pivot of which less than 1e-12 is left, as collinear columns make them: "zero" takes its
   * direction out, "floor" (default) keeps it at √1e-12 of its length.
   */
  readonly lostPivot?: "floor" | "zero";
}

/** Share of a diagonal element below which what is left of it is rounding error. */
const negligible = 1e-12;

/**
 * Lower triangle of a symmetric matrix to that of L with A = L Lᵀ, in place.
 * What stands above the diagonal is not touched.
 *
 * @param lower  row-major, shape [size, size], positive semidefinite up to rounding
 */
export function cholesky(lower: Float64Array, size: number, { lostPivot = "floor" }: CholeskyOptions = {}): void {
  for (let j = 0; j < size; j++) {
    const own = lower[j * size + j];
    for (let l = 0; l <= j; l++) {
      let sum = lower[j * size + l];
      for (let m = 0; m < l; m++) sum -= lower[j * size + m] * lower[l * size + m];
      if (l < j) lower[j * size + l] = lower[l * size + l] > 0 ? sum / lower[l * size + l] : 0;
      else if (lostPivot === "floor") lower[j * size + j] = Math.sqrt(Math.max(sum, negligible * own));
      else lower[j * size + j] = sum > negligible * own ? Math.sqrt(sum) : 0;
    }
  }
}
