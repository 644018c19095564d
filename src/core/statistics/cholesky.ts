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
 * What stands above the diagonal is not touched. Each sum runs from the first column on, so that equal input gives
 * equal bytes; four rows go side by side, since a sum of its own waits for each addition.
 *
 * @param lower  row-major, shape [size, size], positive semidefinite up to rounding
 */
export function cholesky(lower: Float64Array, size: number, { lostPivot = "floor" }: CholeskyOptions = {}): void {
  for (let from = 0; from < size; from += 4) {
    const whole = from + 4 <= size;
    if (whole) fourRows(lower, size, from);
    for (let j = from; j < Math.min(from + 4, size); j++) {
      const own = lower[j * size + j];
      for (let l = whole ? from : 0; l <= j; l++) {
        let sum = lower[j * size + l];
        for (let m = 0; m < l; m++) sum -= lower[j * size + m] * lower[l * size + m];
        if (l < j) lower[j * size + l] = lower[l * size + l] > 0 ? sum / lower[l * size + l] : 0;
        else if (lostPivot === "floor") lower[j * size + j] = Math.sqrt(Math.max(sum, negligible * own));
        else lower[j * size + j] = sum > negligible * own ? Math.sqrt(sum) : 0;
      }
    }
  }
}

/** Elements of four rows, from row `from` on, in the columns before them. */
function fourRows(lower: Float64Array, size: number, from: number): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((row) => (from + row) * size);
  for (let l = 0; l < from; l++) {
    const above = l * size;
    let [p, q, r, s] = [lower[a + l], lower[b + l], lower[c + l], lower[d + l]];
    for (let m = 0; m < l; m++) {
      const element = lower[above + m];
      p -= lower[a + m] * element;
      q -= lower[b + m] * element;
      r -= lower[c + m] * element;
      s -= lower[d + m] * element;
    }
    const pivot = lower[above + l];
    lower[a + l] = pivot > 0 ? p / pivot : 0;
    lower[b + l] = pivot > 0 ? q / pivot : 0;
    lower[c + l] = pivot > 0 ? r / pivot : 0;
    lower[d + l] = pivot > 0 ? s / pivot : 0;
  }
}
