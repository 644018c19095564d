// @ts-nocheck: AssemblyScript; asc checks it

/*
 * Permutations of whole groups, as permuteGroups has them with subsetDraws: the same groups are drawn from the same
 * words, and the statistic is the largest distance of distribution functions (largestGap). All are 32-bit words in
 * memory; a group's cells lie one after another from its begin to its end.
 */

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
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
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
 * @param order    address of the groups, each once; it is shuffled
 * @param count    how many they are, and how many of them a draw takes
 * @param begins   by group, the place of its first cell; the ends, of one behind its last
 * @param cells    cell at each place, and rows in it
 * @param below    by cell, rows of all groups in it and those before it
 * @param here     room for a word per cell
 * @param words    room for four words
 * @param out      how many were as large, how many were drawn
 */
export function permute(
  order: usize,
  count: i32,
  size: i32,
  begins: usize,
  ends: usize,
  cells: usize,
  rows: usize,
  below: usize,
  here: usize,
  cellCount: i32,
  key0: u32,
  key1: u32,
  limit: f64,
  draws: i32,
  stopAfter: i32,
  words: usize,
  out: usize,
): void {
  const all = <f64>load<u32>(below + ((<usize>(cellCount - 1)) << 2));
  let counter0: u32 = 0,
    counter1: u32 = 0,
    word: i32 = 4,
    asLarge = 0,
    drawn = 0;
  while (drawn < draws && asLarge < stopAfter) {
    memory.fill(here, 0, (<usize>cellCount) << 2);
    let taken: u32 = 0;
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
      const from = (<usize>load<u32>(begins + ((<usize>group) << 2))) << 2;
      const to = (<usize>load<u32>(ends + ((<usize>group) << 2))) << 2;
      for (let at = from; at < to; at += 4) {
        const cell = here + ((<usize>load<u32>(cells + at)) << 2);
        const many = load<u32>(rows + at);
        store<u32>(cell, load<u32>(cell) + many);
        taken += many;
      }
    }
    // Distance of the functions, times rows on both sides: whole numbers below 2^53.
    let sum: f64 = 0,
      most: f64 = 0;
    const mine = <f64>taken;
    for (let at: usize = 0; at < (<usize>cellCount) << 2; at += 4) {
      sum += <f64>load<u32>(here + at);
      most = max(most, abs(<f64>load<u32>(below + at) * mine - sum * all));
    }
    if (most / (mine * (all - mine)) >= limit) asLarge++;
    drawn++;
  }
  store<i32>(out, asLarge);
  store<i32>(out, drawn, 4);
}
