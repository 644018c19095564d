// @ts-nocheck: AssemblyScript; asc checks it

/*
 * Permutations of whole groups, as permuteGroups has them with subsetDraws: the same groups are drawn from the same
 * words, and the statistic is the largest distance of distribution functions (largestGap). Rows of a group by cell are
 * bytes, so that sixteen cells are added up at once.
 */

/** Cells of a group; those that are not needed hold nothing. */
const cells: usize = 256;

const multiplier0: u64 = 0xd2511f53;
const multiplier1: u64 = 0xcd9e8d57;
const weyl0: u32 = 0x9e3779b9;
const weyl1: u32 = 0xbb67ae85;

/** Philox4x32-10 of a counter; four words. */
@inline
function philox(counter0: u32, counter1: u32, key0: u32, key1: u32, out: usize): void {
  let c0 = counter0,
    c1 = counter1,
    c2: u32 = 0,
    c3: u32 = 0,
    k0 = key0,
    k1 = key1;
  for (let round = 0; round < 10; round++) {
    const product0 = multiplier0 * <u64>c0;
    const product1 = multiplier1 * <u64>c2;
    c0 = (<u32>(product1 >> 32)) ^ c1 ^ k0;
    c1 = <u32>product1;
    c2 = (<u32>(product0 >> 32)) ^ c3 ^ k1;
    c3 = <u32>product0;
    k0 += weyl0;
    k1 += weyl1;
  }
  store<u32>(out, c0);
  store<u32>(out, c1, 4);
  store<u32>(out, c2, 8);
  store<u32>(out, c3, 12);
}

/**
 * Draws groups until so many statistics are as large as a limit, or so many were drawn.
 *
 * @param order   address of the groups as words, each once; it is shuffled
 * @param count   how many they are, and how many of them a draw takes
 * @param rows    rows of each group by cell, in bytes, group after group
 * @param most    of any of them
 * @param below   rows of all groups in each cell and those before it, in words
 * @param room    for 1,024 + 16 bytes
 * @param out     how many were as large, how many were drawn
 */
export function permute(
  order: usize,
  count: i32,
  size: i32,
  rows: usize,
  most: i32,
  below: usize,
  key0: u32,
  key1: u32,
  limit: f64,
  draws: i32,
  stopAfter: i32,
  room: usize,
  out: usize,
): void {
  const words = room + 4 * cells;
  // So many groups add up in bytes.
  const together = 255 / most;
  const all = <i64>load<u32>(below + 4 * (cells - 1));
  let counter0: u32 = 0,
    counter1: u32 = 0,
    word: i32 = 4,
    asLarge = 0,
    drawn = 0;
  while (drawn < draws && asLarge < stopAfter) {
    for (let i = 0; i < size; i++) {
      if (word == 4) {
        philox(counter0, counter1, key0, key1, words);
        counter0++;
        if (counter0 == 0) counter1++;
        word = 0;
      }
      const left = <u64>(count - i);
      const j = <usize>i + <usize>((<u64>load<u32>(words + ((<usize>word) << 2)) * left) >> 32);
      word++;
      const mine = order + ((<usize>i) << 2);
      const other = order + (j << 2);
      const group = load<u32>(other);
      store<u32>(other, load<u32>(mine));
      store<u32>(mine, group);
    }
    memory.fill(room, 0, 4 * cells);
    for (let from = 0; from < size; from += together) {
      const end = order + ((<usize>min(from + together, size)) << 2);
      for (let cell: usize = 0; cell < cells; cell += 32)
        addUp(order + ((<usize>from) << 2), end, rows + cell, room + 4 * cell);
    }
    let taken: i64 = 0;
    for (let at: usize = 0; at < 4 * cells; at += 4) taken += load<u32>(room + at);
    let sum: i64 = 0,
      gap: i64 = 0;
    for (let at: usize = 0; at < 4 * cells; at += 4) {
      sum += load<u32>(room + at);
      const steps = <i64>load<u32>(below + at) * taken - sum * all;
      if (steps > gap) gap = steps;
      else if (-steps > gap) gap = -steps;
    }
    if (<f64>gap / (<f64>taken * <f64>(all - taken)) >= limit) asLarge++;
    drawn++;
  }
  store<i32>(out, asLarge);
  store<i32>(out, drawn, 4);
}

/** Adds 32 cells of some groups to words. */
function addUp(from: usize, end: usize, rows: usize, room: usize): void {
  let a = i8x16.splat(0),
    b = i8x16.splat(0);
  for (let at = from; at < end; at += 4) {
    const mine = rows + <usize>load<u32>(at) * cells;
    a = i8x16.add(a, v128.load(mine));
    b = i8x16.add(b, v128.load(mine, 16));
  }
  widen(a, room);
  widen(b, room + 64);
}


@inline
function widen(bytes: v128, room: usize): void {
  const low = i16x8.extend_low_i8x16_u(bytes);
  const high = i16x8.extend_high_i8x16_u(bytes);
  add(room, i32x4.extend_low_i16x8_u(low));
  add(room + 16, i32x4.extend_high_i16x8_u(low));
  add(room + 32, i32x4.extend_low_i16x8_u(high));
  add(room + 48, i32x4.extend_high_i16x8_u(high));
}


@inline
function add(room: usize, words: v128): void {
  v128.store(room, i32x4.add(v128.load(room), words));
}
