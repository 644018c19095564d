// @ts-nocheck: AssemblyScript; asc checks it

/*
 * Cholesky factor and inverse of a symmetric positive definite matrix in float64. Matrices are row-major and square,
 * their size a multiple of 4. Columns go in panels: a panel is finished, then what it brings is taken off all that
 * comes after it, as dot products of 4 rows with 2 others, two lanes each; so most work runs on a panel that stays in
 * fast memory. Sums have one order whatever the machine.
 */

/** Columns of a panel: 512 bytes of a row. */
const panelColumns: i32 = 64;
/** Share of a diagonal element below which what is left of it is rounding error (as in core/statistics/cholesky). */
const negligible: f64 = 1e-12;

/** Takes the dot products of 4 rows from `a` with 2 rows from `b`, over `depth` bytes, off the 4 x 2 block at `c`. */
// @ts-ignore: decorator
@inline
function subtractDots(a: usize, b: usize, c: usize, row: usize, depth: usize): void {
  let p = f64x2.splat(0),
    q = p,
    r = p,
    s = p,
    t = p,
    u = p,
    v = p,
    w = p;
  for (const end = a + depth; a < end; a += 16, b += 16) {
    const x = v128.load(b),
      y = v128.load(b + row),
      k = v128.load(a),
      l = v128.load(a + row),
      m = v128.load(a + 2 * row),
      n = v128.load(a + 3 * row);
    p = f64x2.add(p, f64x2.mul(k, x));
    q = f64x2.add(q, f64x2.mul(k, y));
    r = f64x2.add(r, f64x2.mul(l, x));
    s = f64x2.add(s, f64x2.mul(l, y));
    t = f64x2.add(t, f64x2.mul(m, x));
    u = f64x2.add(u, f64x2.mul(m, y));
    v = f64x2.add(v, f64x2.mul(n, x));
    w = f64x2.add(w, f64x2.mul(n, y));
  }
  subtractSums(c, p, q);
  subtractSums(c + row, r, s);
  subtractSums(c + 2 * row, t, u);
  subtractSums(c + 3 * row, v, w);
}

/** Takes the sums of the lanes of `p` and of `q` off two neighbours. */
// @ts-ignore: decorator
@inline
function subtractSums(c: usize, p: v128, q: v128): void {
  const sums = f64x2.add(v128.shuffle<f64>(p, q, 0, 2), v128.shuffle<f64>(p, q, 1, 3));
  v128.store(c, f64x2.sub(v128.load(c), sums));
}

/**
 * Divides rows of 4 columns by the transposed 4 x 4 triangle at `l`: x Lᵀ = c, in place.
 *
 * @param rows  how many, from `c` on
 */
function divideByTriangle(c: usize, l: usize, row: usize, rows: i32): void {
  const l1 = l + row,
    l2 = l1 + row,
    l3 = l2 + row;
  for (let i = 0; i < rows; i++, c += row) {
    const x0 = load<f64>(c) / load<f64>(l),
      x1 = (load<f64>(c, 8) - x0 * load<f64>(l1)) / load<f64>(l1, 8),
      x2 = (load<f64>(c, 16) - x0 * load<f64>(l2) - x1 * load<f64>(l2, 8)) / load<f64>(l2, 16),
      x3 = (load<f64>(c, 24) - x0 * load<f64>(l3) - x1 * load<f64>(l3, 8) - x2 * load<f64>(l3, 16)) / load<f64>(l3, 24);
    store<f64>(c, x0);
    store<f64>(c, x1, 8);
    store<f64>(c, x2, 16);
    store<f64>(c, x3, 24);
  }
}

/**
 * Lower triangle of A to that of L with A = L Lᵀ, in place; what stands above the diagonal is spoilt.
 *
 * @param a      [size, size]
 * @param spare  [size], for the diagonal of A
 * @returns the place of the first pivot of which nothing is left, or -1
 */
export function factor(a: usize, size: i32, spare: usize): i32 {
  const row = (<usize>size) << 3;
  for (let i: usize = 0; i < row; i += 8) store<f64>(spare + i, load<f64>(a + i * <usize>size + i));
  for (let from = 0; from < size; from += panelColumns) {
    const to = min(from + panelColumns, size),
      start = (<usize>from) << 3;
    for (let j = from; j < to; j += 4) {
      const column = (<usize>j) << 3,
        b = a + <usize>j * row + start;
      for (let i = j; i < size && j > from; i += 4) {
        const rows = a + <usize>i * row;
        subtractDots(rows + start, b, rows + column, row, column - start);
        subtractDots(rows + start, b + 2 * row, rows + column + 16, row, column - start);
      }
      for (let k = j; k < j + 4; k++) {
        const own = a + <usize>k * row;
        for (let l = j; l <= k; l++) {
          const other = a + <usize>l * row;
          let sum = load<f64>(own + ((<usize>l) << 3));
          for (let m = column; m < (<usize>l) << 3; m += 8) sum -= load<f64>(own + m) * load<f64>(other + m);
          if (l < k) store<f64>(own + ((<usize>l) << 3), sum / load<f64>(other + ((<usize>l) << 3)));
          else if (sum > negligible * load<f64>(spare + ((<usize>k) << 3)))
            store<f64>(own + ((<usize>k) << 3), sqrt(sum));
          else return k;
        }
      }
      divideByTriangle(a + <usize>(j + 4) * row + column, a + <usize>j * row + column, row, size - j - 4);
    }
    for (let i = to; i < size; i += 4) {
      const rows = a + <usize>i * row;
      for (let j = to; j < i + 4; j += 2)
        subtractDots(
          rows + start,
          a + <usize>j * row + start,
          rows + ((<usize>j) << 3),
          row,
          (<usize>(to - from)) << 3,
        );
    }
  }
  return -1;
}

/**
 * Lower triangle of A⁻¹ from that of L; what stands above the diagonal of the result is of no use.
 *
 * @param lower    as factor leaves it, [size, size]
 * @param spare    [size, size], becomes the transposed inverse of L
 * @param inverse  [size, size]
 */
export function invert(lower: usize, size: i32, spare: usize, inverse: usize): void {
  const row = (<usize>size) << 3;
  memory.fill(spare, 0, <usize>size * row);
  memory.fill(inverse, 0, <usize>size * row);
  for (let i: usize = 0; i < <usize>size; i++) store<f64>(spare + i * (row + 8), 1);
  for (let from = 0; from < size; from += panelColumns) {
    const to = min(from + panelColumns, size),
      start = (<usize>from) << 3;
    for (let i = from; i < to; i += 4) {
      const column = (<usize>i) << 3,
        b = lower + <usize>i * row + start;
      for (let j = 0; j <= i && i > from; j += 4) {
        const rows = spare + <usize>j * row;
        subtractDots(rows + start, b, rows + column, row, column - start);
        subtractDots(rows + start, b + 2 * row, rows + column + 16, row, column - start);
      }
      divideByTriangle(spare + column, lower + <usize>i * row + column, row, i + 4);
    }
    const depth = (<usize>(to - from)) << 3;
    for (let j = 0; j < to; j += 4) {
      const rows = spare + <usize>j * row;
      for (let i = to; i < size; i += 2)
        subtractDots(rows + start, lower + <usize>i * row + start, rows + ((<usize>i) << 3), row, depth);
    }
    // The panel of the transposed inverse is finished: what it brings to A⁻¹, with the sign turned.
    for (let i = 0; i < to; i += 4) {
      const rows = spare + <usize>i * row + start;
      for (let j = 0; j < i + 4; j += 2)
        subtractDots(rows, spare + <usize>j * row + start, inverse + <usize>i * row + ((<usize>j) << 3), row, depth);
    }
  }
  for (let i = inverse, end = inverse + <usize>size * row; i < end; i += 16) v128.store(i, f64x2.neg(v128.load(i)));
}
