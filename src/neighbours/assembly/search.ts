// @ts-nocheck: AssemblyScript; asc checks it
import { SearchLayout } from "../SearchLayout";

/** Rows of no point: what fills the last leaf up to a multiple of eight. */
const nobody: u32 = 0xffffffff;

/**
 * Numbers per row of coordinates, a multiple of 4 (the last ones 0); pairs of coordinates per code; neighbours wanted.
 */
let width: i32 = 0;
let pairs: i32 = 0;
let k: i32 = 0;
/** Points in the order of their leaves: coordinates, codes by octets, minus half their square, rows. */
let coordinates: usize = 0,
  codes: usize = 0,
  minusHalves: usize = 0,
  rows: usize = 0;
/** Per leaf its lowest and highest coordinates. */
let boxes: usize = 0;
/** Questions in the order of their groups: coordinates, codes, squares of codes, rows. */
let askCoordinates: usize = 0,
  askCodes: usize = 0,
  askSquares: usize = 0,
  askRows: usize = 0;
/** Answers of each question, nearest first: squared distances and rows; what a code must exceed to be looked at. */
let squares: usize = 0,
  answers: usize = 0,
  bars: usize = 0;
/** Codes per unit of distance. */
let scale: f64 = 0;

/** Rounding moves each coordinate's difference by 1 at most, so the distance of codes by the root of their number. */
const slack: f64 = 4.4822;

export function setPoints(
  width_: i32,
  pairs_: i32,
  k_: i32,
  scale_: f64,
  coordinates_: usize,
  codes_: usize,
  minusHalves_: usize,
  rows_: usize,
  boxes_: usize,
): void {
  width = width_;
  pairs = pairs_;
  k = k_;
  scale = scale_;
  coordinates = coordinates_;
  codes = codes_;
  minusHalves = minusHalves_;
  rows = rows_;
  boxes = boxes_;
}

export function setQuestions(
  coordinates_: usize,
  codes_: usize,
  squares_: usize,
  rows_: usize,
  answerSquares: usize,
  answerRows: usize,
  bars_: usize,
): void {
  askCoordinates = coordinates_;
  askCodes = codes_;
  askSquares = squares_;
  askRows = rows_;
  squares = answerSquares;
  answers = answerRows;
  bars = bars_;
}

/** Bounds of each leaf. @param points  in the last leaf there may be fewer than a leaf holds */
export function bound(points: i32): void {
  const bytes = (<usize>width) << 2;
  for (let from = 0, box = boxes; from < points; from += SearchLayout.leafPoints, box += 2 * bytes) {
    const to = min<i32>(from + SearchLayout.leafPoints, points);
    for (let at: usize = 0; at < bytes; at += 16) {
      let low = f32x4.splat(Infinity),
        high = f32x4.splat(-Infinity);
      for (let p = coordinates + <usize>from * bytes + at, end = coordinates + <usize>to * bytes; p < end; p += bytes) {
        const x = v128.load(p);
        low = f32x4.min(low, x);
        high = f32x4.max(high, x);
      }
      v128.store(box + at, low);
      v128.store(box + bytes + at, high);
    }
  }
}

/**
 * Squared distance between a group's box and each leaf's: no question of the group is nearer to any point of the leaf.
 */
export function measureLeaves(group: usize, leaves: i32, out: usize): void {
  const bytes = (<usize>width) << 2,
    zero = f32x4.splat(0);
  let box = boxes;
  for (let leaf = 0; leaf < leaves; leaf++, box += 2 * bytes) {
    let sum = zero;
    for (let at: usize = 0; at < bytes; at += 16) {
      const below = f32x4.sub(v128.load(group + at), v128.load(box + bytes + at));
      const above = f32x4.sub(v128.load(box + at), v128.load(group + bytes + at));
      const gap = f32x4.max(f32x4.max(below, above), zero);
      sum = f32x4.add(sum, f32x4.mul(gap, gap));
    }
    store<f32>(out + ((<usize>leaf) << 2), total(sum));
  }
}

/**
 * The questions of one group look through the leaves in the order given, nearest first.
 *
 * @param from, to  questions, `from` a multiple of 4; up to the next multiple of 4 there is room behind `to`
 * @param order     leaves, i32
 * @param gaps      squared distance to each leaf (by leaf, not by order), f32
 * @param leaves    how many there are to look through
 * @param points    in all leaves together
 */
export function visit(from: i32, to: i32, order: usize, gaps: usize, leaves: i32, points: i32): void {
  for (let i = 0; i < leaves; i++) {
    const leaf = load<i32>(order + ((<usize>i) << 2));
    // Room for the rounding of float32: the leaf is left out only if it is farther for sure.
    if (<f64>load<f32>(gaps + ((<usize>leaf) << 2)) * 0.99999 > worst(from, to)) return;
    const first = leaf * SearchLayout.leafPoints;
    const last = min<i32>(first + SearchLayout.leafPoints, (points + 7) & ~7);
    for (let question = from; question < to; question += 4) visitLeaf(question, to, first, last);
  }
}

/** Squared distance of the farthest answer of any question in the group. */
function worst(from: i32, to: i32): f64 {
  let most: f64 = 0;
  for (let question = from; question < to; question++)
    most = max<f64>(most, load<f64>(squares + ((<usize>(question * k + k - 1)) << 3)));
  return most;
}

/** Four questions against a leaf, eight points at a time: the first look is at codes alone. */
function visitLeaf(question: i32, to: i32, first: i32, last: i32): void {
  const stride = (<usize>pairs) << 2,
    octet = <usize>pairs * SearchLayout.pairBytes;
  const ask = askCodes + <usize>question * stride,
    bar = bars + ((<usize>question) << 2);
  let at = codes + <usize>(first >> 3) * octet,
    half = minusHalves + ((<usize>first) << 2);
  for (let point = first; point < last; point += 8, at += octet, half += 32) {
    const h0 = v128.load(half),
      h1 = v128.load(half, 16);
    let a0 = h0,
      a1 = h1,
      b0 = h0,
      b1 = h1,
      c0 = h0,
      c1 = h1,
      d0 = h0,
      d1 = h1;
    for (let x = at, q = ask; x < at + octet; x += SearchLayout.pairBytes, q += 4) {
      const x0 = v128.load(x),
        x1 = v128.load(x, 16);
      let s = v128.load_splat<u32>(q);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(s, x0));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(s, x1));
      s = v128.load_splat<u32>(q + stride);
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(s, x0));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(s, x1));
      s = v128.load_splat<u32>(q + 2 * stride);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(s, x0));
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(s, x1));
      s = v128.load_splat<u32>(q + 3 * stride);
      d0 = i32x4.add(d0, i32x4.dot_i16x8_s(s, x0));
      d1 = i32x4.add(d1, i32x4.dot_i16x8_s(s, x1));
    }
    const ta = v128.load_splat<u32>(bar),
      tb = v128.load_splat<u32>(bar + 4),
      tc = v128.load_splat<u32>(bar + 8),
      td = v128.load_splat<u32>(bar + 12);
    a0 = i32x4.gt_s(a0, ta);
    a1 = i32x4.gt_s(a1, ta);
    b0 = i32x4.gt_s(b0, tb);
    b1 = i32x4.gt_s(b1, tb);
    c0 = i32x4.gt_s(c0, tc);
    c1 = i32x4.gt_s(c1, tc);
    d0 = i32x4.gt_s(d0, td);
    d1 = i32x4.gt_s(d1, td);
    // One bit for each of the 32 comparisons.
    const low = i16x8.narrow_i32x4_s(a0, a1),
      high = i16x8.narrow_i32x4_s(b0, b1);
    const low2 = i16x8.narrow_i32x4_s(c0, c1),
      high2 = i16x8.narrow_i32x4_s(d0, d1);
    const ab = i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)),
      cd = i8x16.bitmask(i8x16.narrow_i16x8_s(low2, high2));
    let near = (<u32>ab) | ((<u32>cd) << 16);
    while (near != 0) {
      const bit = <i32>ctz(near);
      near &= near - 1;
      const who = question + (bit >> 3);
      if (who < to) look(who, point + (bit & 7));
    }
  }
}

/** The second look: all coordinates, in float32 and, if it may be among the answers, in float64. */
function look(question: i32, point: i32): void {
  const row = load<u32>(rows + ((<usize>point) << 2));
  if (row == nobody || row == load<u32>(askRows + ((<usize>question) << 2))) return;
  const bytes = (<usize>width) << 2;
  const q = askCoordinates + <usize>question * bytes,
    x = coordinates + <usize>point * bytes;
  const far = load<f64>(squares + ((<usize>(question * k + k - 1)) << 3));
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const gap = f32x4.sub(v128.load(q + at), v128.load(x + at));
    sum = f32x4.add(sum, f32x4.mul(gap, gap));
  }
  if (<f64>total(sum) * 0.9999 > far) return;
  let square: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    const gap = <f64>load<f32>(q + at) - <f64>load<f32>(x + at);
    square += gap * gap;
  }
  const lastRow = load<u32>(answers + ((<usize>(question * k + k - 1)) << 2));
  if (square < far || (square == far && row < lastRow)) insert(question, square, row);
}

/** Into its place among the answers; of two at the same distance the lower row comes first. */
function insert(question: i32, square: f64, row: u32): void {
  const s = squares + ((<usize>(question * k)) << 3),
    a = answers + ((<usize>(question * k)) << 2);
  let place = k - 1;
  while (place > 0) {
    const before = load<f64>(s + ((<usize>place - 1) << 3)),
      rowBefore = load<u32>(a + ((<usize>place - 1) << 2));
    if (before < square || (before == square && rowBefore < row)) break;
    store<f64>(s + ((<usize>place) << 3), before);
    store<u32>(a + ((<usize>place) << 2), rowBefore);
    place--;
  }
  store<f64>(s + ((<usize>place) << 3), square);
  store<u32>(a + ((<usize>place) << 2), row);
  raiseBar(question);
}

/**
 * With codes Q and X and T an upper bound of the distance of codes of anything that is still near enough:
 * |Q - X|² <= T² if and only if Q·X - |X|²/2 >= (|Q|² - T²)/2.
 */
function raiseBar(question: i32): void {
  const far = load<f64>(squares + ((<usize>(question * k + k - 1)) << 3));
  if (far == Infinity) return;
  const reach = sqrt(far) * scale + slack;
  const bar = ceil((load<i32>(askSquares + ((<usize>question) << 2)) - reach * reach) / 2) - 1;
  store<i32>(bars + ((<usize>question) << 2), <i32>max<f64>(bar, <f64>i32.MIN_VALUE));
}


@inline
function total(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<u32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.add(pairs, v128.shuffle<u32>(pairs, pairs, 1, 0, 3, 2)), 0);
}
