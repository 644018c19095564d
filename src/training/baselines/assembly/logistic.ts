// @ts-nocheck: AssemblyScript; asc checks it

/*
 * Logits and gradient of a multinomial logistic regression in float64, two classes side by side and four rows at a
 * time. Each lane adds in the order of plain loops over columns and rows, so results have the same bits as those.
 */

/**
 * Logits of some rows: intercept + Σ coefficient · value.
 *
 * @param values      row-major [rows, columns]
 * @param rows        a multiple of 4
 * @param pairs       of classes; the last may be half empty
 * @param parameters  [columns + 1, 2 pairs], the intercepts last
 * @param out         [rows, 2 pairs]
 */
export function logits(values: usize, rows: i32, columns: i32, pairs: i32, parameters: usize, out: usize): void {
  const row = (<usize>columns) << 3,
    step = (<usize>pairs) << 4;
  for (let first = 0; first < rows; first += 4, values += 4 * row, out += 4 * step) {
    for (let pair: usize = 0; pair < step; pair += 16) {
      const intercept = v128.load(parameters + <usize>columns * step + pair);
      let a = intercept,
        b = intercept,
        c = intercept,
        d = intercept;
      for (let x = values, weights = parameters + pair, end = values + row; x < end; x += 8, weights += step) {
        const weight = v128.load(weights);
        a = f64x2.add(a, f64x2.mul(weight, v128.load_splat<u64>(x)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load_splat<u64>(x + row)));
        c = f64x2.add(c, f64x2.mul(weight, v128.load_splat<u64>(x + 2 * row)));
        d = f64x2.add(d, f64x2.mul(weight, v128.load_splat<u64>(x + 3 * row)));
      }
      v128.store(out + pair, a);
      v128.store(out + step + pair, b);
      v128.store(out + 2 * step + pair, c);
      v128.store(out + 3 * step + pair, d);
    }
  }
}

/**
 * Adds to the gradient what some rows bring: Σ residual · value for each coefficient, Σ residual for each intercept.
 *
 * @param values     row-major [rows, columns]
 * @param rows       a multiple of 4
 * @param residuals  [rows, 2 pairs]
 * @param gradient   [columns + 1, 2 pairs], the intercepts last
 */
export function addGradient(
  values: usize,
  rows: i32,
  columns: i32,
  pairs: i32,
  residuals: usize,
  gradient: usize,
): void {
  const row = (<usize>columns) << 3,
    step = (<usize>pairs) << 4;
  for (let first = 0; first < rows; first += 4, values += 4 * row, residuals += 4 * step) {
    for (let pair: usize = 0; pair < step; pair += 16) {
      const a = v128.load(residuals + pair),
        b = v128.load(residuals + step + pair),
        c = v128.load(residuals + 2 * step + pair),
        d = v128.load(residuals + 3 * step + pair);
      let at = gradient + pair;
      for (let x = values, end = values + row; x < end; x += 8, at += step) {
        let sum = f64x2.mul(a, v128.load_splat<u64>(x));
        sum = f64x2.add(sum, f64x2.mul(b, v128.load_splat<u64>(x + row)));
        sum = f64x2.add(sum, f64x2.mul(c, v128.load_splat<u64>(x + 2 * row)));
        sum = f64x2.add(sum, f64x2.mul(d, v128.load_splat<u64>(x + 3 * row)));
        v128.store(at, f64x2.add(v128.load(at), sum));
      }
      v128.store(at, f64x2.add(v128.load(at), f64x2.add(f64x2.add(f64x2.add(a, b), c), d)));
    }
  }
}
