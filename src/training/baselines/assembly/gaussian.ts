// @ts-nocheck: AssemblyScript; asc checks it

/*
 * What a Gaussian process computes with square matrices, in float64. Matrices are row-major and symmetric, of which the
 * lower triangle counts; their size is a multiple of 4. Sums have one order whatever the machine.
 *
 * Cholesky factor and inverse: columns go in panels: a panel is finished, then what it brings is taken off all that
 * comes after it, as dot products of 4 rows with 2 others, two lanes each; so most work runs on a panel that stays in
 * fast memory.
 *
 * Matérn kernel of smoothness 5/2: variance · (1 + t + t²/3) · e^-t with t = √5 · distance. Points lie feature by
 * feature, [columns, size], so that a row meets two others at once.
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

/**
 * Solution x of L Lᵀ x = b, in place.
 *
 * @param lower   as factor leaves it, [size, size]
 * @param vector  b, [size]
 */
export function solve(lower: usize, size: i32, vector: usize): void {
  const row = (<usize>size) << 3;
  for (let j: usize = 0, own = lower; j < row; j += 8, own += row) {
    let sum = f64x2.splat(0);
    const even = j & ~15;
    for (let l: usize = 0; l < even; l += 16)
      sum = f64x2.add(sum, f64x2.mul(v128.load(own + l), v128.load(vector + l)));
    let left = load<f64>(vector + j) - f64x2.extract_lane(sum, 0) - f64x2.extract_lane(sum, 1);
    if (even < j) left -= load<f64>(own + even) * load<f64>(vector + even);
    store<f64>(vector + j, left / load<f64>(own + j));
  }
  for (let j = row, own = lower + row * <usize>size; j > 0;) {
    j -= 8;
    own -= row;
    const x = load<f64>(vector + j) / load<f64>(own + j),
      both = f64x2.splat(x),
      even = j & ~15;
    store<f64>(vector + j, x);
    for (let l: usize = 0; l < even; l += 16)
      v128.store(vector + l, f64x2.sub(v128.load(vector + l), f64x2.mul(v128.load(own + l), both)));
    if (even < j) store<f64>(vector + even, load<f64>(vector + even) - load<f64>(own + even) * x);
  }
}

/** out = A x, both [size]. */
export function product(a: usize, size: i32, x: usize, out: usize): void {
  const row = (<usize>size) << 3;
  for (let j: usize = 0, own = a; j < row; j += 8, own += row) {
    const even = j & ~15,
      value = load<f64>(x + j),
      both = f64x2.splat(value);
    let sum = f64x2.splat(0);
    for (let l: usize = 0; l < even; l += 16) {
      const elements = v128.load(own + l);
      sum = f64x2.add(sum, f64x2.mul(elements, v128.load(x + l)));
      v128.store(out + l, f64x2.add(v128.load(out + l), f64x2.mul(elements, both)));
    }
    let whole = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + load<f64>(own + j) * value;
    if (even < j) {
      whole += load<f64>(own + even) * load<f64>(x + even);
      store<f64>(out + even, load<f64>(out + even) + load<f64>(own + even) * value);
    }
    store<f64>(out + j, whole);
  }
}

/** Squared distances of point `i` from those before it, and to the end of its block of 4. */
// @ts-ignore: decorator
@inline
function squaredDistances(points: usize, row: usize, columns: i32, i: usize, out: usize): void {
  for (let j: usize = 0; j <= i; j += 32) {
    let s = f64x2.splat(0),
      t = s;
    for (let c = 0, at = points; c < columns; c++, at += row) {
      const own = v128.load_splat<u64>(at + i),
        d = f64x2.sub(own, v128.load(at + j)),
        e = f64x2.sub(own, v128.load(at + j, 16));
      s = f64x2.add(s, f64x2.mul(d, d));
      t = f64x2.add(t, f64x2.mul(e, e));
    }
    v128.store(out + j, s);
    v128.store(out + j, t, 16);
  }
}

/**
 * Covariances of points.
 *
 * @param points  in units of the lengths, [columns, size]
 * @param out     [size, size]
 */
export function covariances(points: usize, size: i32, columns: i32, variance: f64, isRough: bool, out: usize): void {
  const row = (<usize>size) << 3;
  for (let i: usize = 0; i < row; i += 8, out += row) {
    squaredDistances(points, row, columns, i, out);
    for (let j: usize = 0; j <= i; j += 8) {
      if (isRough) {
        store<f64>(out + j, variance * Math.exp(-sqrt(load<f64>(out + j))));
        continue;
      }
      const t = sqrt(5 * load<f64>(out + j));
      store<f64>(out + j, variance * (1 + t + (t * t) / 3) * Math.exp(-t));
    }
  }
}

/**
 * Derivatives of Σ G_ij K_ij by the logarithms of the variance and of the lengths.
 *
 * @param points    as for covariances
 * @param rows      that are no margin
 * @param share     G, [size, size]
 * @param spare     [size]
 * @param gradient  variance, then lengths
 */
export function kernelSlopes(
  points: usize,
  size: i32,
  rows: i32,
  columns: i32,
  variance: f64,
  isRough: bool,
  share: usize,
  spare: usize,
  gradient: usize,
): void {
  const row = (<usize>size) << 3,
    end = (<usize>rows) << 3;
  memory.fill(gradient, 0, (<usize>(columns + 1)) << 3);
  let total: f64 = 0;
  for (let i: usize = 0; i < end; i += 8, share += row) {
    squaredDistances(points, row, columns, i, spare);
    for (let j: usize = 0; j < i; j += 8) {
      if (isRough) {
        const distance = sqrt(load<f64>(spare + j)),
          own = 2 * load<f64>(share + j) * variance * Math.exp(-distance);
        total += own;
        // Of rows that are equal the limit: the slope by a length is 0 there.
        store<f64>(spare + j, distance > 0 ? own / distance : 0);
        continue;
      }
      const t = sqrt(5 * load<f64>(spare + j)),
        // Each pair stands for two elements.
        factor = 2 * load<f64>(share + j) * variance * Math.exp(-t);
      total += factor * (1 + t + (t * t) / 3);
      store<f64>(spare + j, (5.0 / 3.0) * factor * (1 + t));
    }
    total += variance * load<f64>(share + i);
    // The point itself, and what stands beyond it in its block.
    const last = (i + 32) & ~31;
    for (let j = i; j < last; j += 8) store<f64>(spare + j, 0);
    for (let c = 0, at = points, slope = gradient + 8; c < columns; c++, at += row, slope += 8) {
      const own = v128.load_splat<u64>(at + i);
      let s = f64x2.splat(0),
        t = s;
      for (let j: usize = 0; j < last; j += 32) {
        const d = f64x2.sub(own, v128.load(at + j)),
          e = f64x2.sub(own, v128.load(at + j, 16));
        s = f64x2.add(s, f64x2.mul(v128.load(spare + j), f64x2.mul(d, d)));
        t = f64x2.add(t, f64x2.mul(v128.load(spare + j, 16), f64x2.mul(e, e)));
      }
      const sum = f64x2.add(s, t);
      store<f64>(slope, load<f64>(slope) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    }
  }
  store<f64>(gradient, total);
}
