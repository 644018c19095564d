// @ts-nocheck: AssemblyScript; asc checks it
import { constant, sub } from "./arithmetic";

/*
 * Philox4x32-10 (src/core/random/philox4x32.ts has the reference) for eight rows at once: two groups of four, since one
 * alone would wait for its own ten rounds half of the time.
 */

const multiplier0 = memory.data<u32>([0xd2511f53]);
const multiplier1 = memory.data<u32>([0xcd9e8d57]);
const weyl0: i32 = 0x9e3779b9;
const weyl1: i32 = 0xbb67ae85;
const rounds = 10;
/** Two keys a round, each in four lanes. */
const roundBytes = 32;

/** Writes the round keys of a 64-bit key, 320 bytes. */
export function scheduleKeys(schedule: usize, key0: i32, key1: i32): void {
  for (let round = 0; round < rounds; round++) {
    const keys = schedule + <usize>(round * roundBytes);
    v128.store(keys, i32x4.splat(key0 + round * weyl0));
    v128.store(keys, i32x4.splat(key1 + round * weyl1), 16);
  }
}

/** Upper 32 bits of four 64-bit products. */
@inline
function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 1, 3, 5, 7);
}

const unitBits = memory.data<u32>([0x3f800000]);
/** 1 - 2^-24 */
const belowOne = memory.data<f32>([0.99999994]);

/** ((word >>> 9) + 1/2) / 2^23 as philoxUniform in src/core, exactly: 23 bits behind 1, less 1 - 2^-24. */
@inline
export function uniform(words: v128): v128 {
  return sub(v128.or(i32x4.shr_u(words, 9), constant(unitBits)), constant(belowOne));
}


@inline
function store<T>(address: usize, words: v128): void {
  v128.store(address, isFloat<T>() ? uniform(words) : words);
}

/**
 * The four words of one block for eight rows, as numbers in (0, 1) (T = f32) or as they are (T = u32).
 * The counter of a row is (row, attempt, block, 0).
 *
 * @param out        address of the first row in the column of word 0; those of words 1 to 3 follow at the stride
 * @param rows       low 32 bits of the first four row numbers; the next four follow
 * @param attempts   attempt of each of the first four rows, @param attemptsAfter of the next four
 * @param block      which four numbers of the row's stream
 * @param schedule   address that scheduleKeys has filled
 * @param stride     bytes from one column to the next
 */
@inline
export function philox<T>(
  out: usize,
  rows: v128,
  attempts: v128,
  attemptsAfter: v128,
  block: i32,
  schedule: usize,
  stride: usize,
): void {
  const m0 = constant(multiplier0);
  const m1 = constant(multiplier1);
  let a0 = rows,
    a1 = attempts,
    a2 = i32x4.splat(block),
    a3 = i32x4.splat(0);
  let b0 = i32x4.add(rows, i32x4.splat(4)),
    b1 = attemptsAfter,
    b2 = a2,
    b3 = a3;
  for (let keys = schedule, end = schedule + <usize>(rounds * roundBytes); keys < end; keys += roundBytes) {
    const key0 = v128.load(keys);
    const key1 = v128.load(keys, 16);
    const aHigh0 = highWords(i64x2.extmul_low_i32x4_u(a0, m0), i64x2.extmul_high_i32x4_u(a0, m0));
    const aHigh1 = highWords(i64x2.extmul_low_i32x4_u(a2, m1), i64x2.extmul_high_i32x4_u(a2, m1));
    const bHigh0 = highWords(i64x2.extmul_low_i32x4_u(b0, m0), i64x2.extmul_high_i32x4_u(b0, m0));
    const bHigh1 = highWords(i64x2.extmul_low_i32x4_u(b2, m1), i64x2.extmul_high_i32x4_u(b2, m1));
    const aLow0 = i32x4.mul(a0, m0);
    const bLow0 = i32x4.mul(b0, m0);
    a0 = v128.xor(v128.xor(aHigh1, a1), key0);
    b0 = v128.xor(v128.xor(bHigh1, b1), key0);
    a1 = i32x4.mul(a2, m1);
    b1 = i32x4.mul(b2, m1);
    a2 = v128.xor(v128.xor(aHigh0, a3), key1);
    b2 = v128.xor(v128.xor(bHigh0, b3), key1);
    a3 = aLow0;
    b3 = bLow0;
  }
  store<T>(out, a0);
  store<T>(out + 16, b0);
  store<T>(out + stride, a1);
  store<T>(out + stride + 16, b1);
  store<T>(out + 2 * stride, a2);
  store<T>(out + 2 * stride + 16, b2);
  store<T>(out + 3 * stride, a3);
  store<T>(out + 3 * stride + 16, b3);
}
