// @ts-nocheck: AssemblyScript; asc checks it
import { add, constant, max, mul, splat } from "../../../../core/assembly/arithmetic";

/*
 * Products of matrices in blocks of four rows and eight columns: eight registers hold the sums while a
 * column of A and a row of B are read once. More sums, or two steps in one turn of the loop, make V8 move
 * registers to the stack and back (measured: up to twice as slow). Sums run over the inner index in
 * ascending order, so that they depend on nothing else.
 */

/** What happens to sums before they are stored. */
export enum Finish {
  none,
  /** max(sum, 0) */
  rectify,
  /** sum · scale where the gate's number is above 0, otherwise 0 */
  gate,
}

const zero = memory.data<f32>([0]);


@inline
function finished(sum: v128, finish: Finish, gate: usize, scale: v128): v128 {
  if (finish == Finish.rectify) return max(sum, constant(zero));
  if (finish == Finish.gate) return v128.and(mul(sum, scale), f32x4.gt(v128.load(gate), constant(zero)));
  return sum;
}

/**
 * C = bias + A B.
 *
 * @param a        A[i, k] stands at a + 4 (i · aRow + k · aStep): one program multiplies with A and with its transpose
 * @param b        row-major [steps, columns]
 * @param c        row-major [rows, columns]
 * @param rows     a multiple of 4
 * @param steps    any number
 * @param columns  a multiple of 8
 * @param bias     [columns], or 0 for none
 * @param gate     of the shape of C; read by Finish.gate alone, as is the scale
 */
export function multiply(
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  c: usize,
  rows: i32,
  steps: i32,
  columns: i32,
  bias: usize,
  finish: Finish,
  gate: usize,
  scale: f32,
): void {
  const rowBytes = (<usize>columns) << 2;
  const aRowBytes = (<usize>aRow) << 2;
  const aStepBytes = (<usize>aStep) << 2;
  const factor = splat(scale);
  const end = b + <usize>steps * rowBytes;
  for (let j: usize = 0; j < rowBytes; j += 32) {
    let bias0 = splat(0),
      bias1 = bias0;
    if (bias) {
      bias0 = v128.load(bias + j);
      bias1 = v128.load(bias + j, 16);
    }
    for (let i = 0; i < rows; i += 4) {
      let a0 = a + <usize>i * aRowBytes,
        a1 = a0 + aRowBytes,
        a2 = a1 + aRowBytes,
        a3 = a2 + aRowBytes;
      let c00 = bias0,
        c01 = bias1,
        c10 = bias0,
        c11 = bias1,
        c20 = bias0,
        c21 = bias1,
        c30 = bias0,
        c31 = bias1;
      for (let at = b + j; at < end; at += rowBytes) {
        const b0 = v128.load(at),
          b1 = v128.load(at, 16);
        let s = constant(a0);
        c00 = add(c00, mul(s, b0));
        c01 = add(c01, mul(s, b1));
        s = constant(a1);
        c10 = add(c10, mul(s, b0));
        c11 = add(c11, mul(s, b1));
        s = constant(a2);
        c20 = add(c20, mul(s, b0));
        c21 = add(c21, mul(s, b1));
        s = constant(a3);
        c30 = add(c30, mul(s, b0));
        c31 = add(c31, mul(s, b1));
        a0 += aStepBytes;
        a1 += aStepBytes;
        a2 += aStepBytes;
        a3 += aStepBytes;
      }
      const at0 = <usize>i * rowBytes + j,
        at1 = at0 + rowBytes,
        at2 = at1 + rowBytes,
        at3 = at2 + rowBytes;
      v128.store(c + at0, finished(c00, finish, gate + at0, factor));
      v128.store(c + at0, finished(c01, finish, gate + at0 + 16, factor), 16);
      v128.store(c + at1, finished(c10, finish, gate + at1, factor));
      v128.store(c + at1, finished(c11, finish, gate + at1 + 16, factor), 16);
      v128.store(c + at2, finished(c20, finish, gate + at2, factor));
      v128.store(c + at2, finished(c21, finish, gate + at2 + 16, factor), 16);
      v128.store(c + at3, finished(c30, finish, gate + at3, factor));
      v128.store(c + at3, finished(c31, finish, gate + at3 + 16, factor), 16);
    }
  }
}

/** Sums of the columns of a row-major matrix. @param columns a multiple of 8 */
export function columnSums(matrix: usize, out: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  for (let j: usize = 0; j < rowBytes; j += 32) {
    let sum0 = splat(0),
      sum1 = sum0;
    for (let at = matrix + j, end = at + <usize>rows * rowBytes; at < end; at += rowBytes) {
      sum0 = add(sum0, v128.load(at));
      sum1 = add(sum1, v128.load(at, 16));
    }
    v128.store(out + j, sum0);
    v128.store(out + j, sum1, 16);
  }
}

/** Turns a row-major matrix over, four by four numbers at a time. @param rows and columns are multiples of 4 */
export function transpose(matrix: usize, out: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  const outBytes = (<usize>rows) << 2;
  for (let i: usize = 0; i < <usize>rows; i += 4) {
    for (let j: usize = 0; j < <usize>columns; j += 4) {
      const from = matrix + i * rowBytes + (j << 2);
      const a = v128.load(from),
        b = v128.load(from + rowBytes),
        c = v128.load(from + 2 * rowBytes),
        d = v128.load(from + 3 * rowBytes);
      const lowAB = v128.shuffle<u32>(a, b, 0, 4, 1, 5),
        highAB = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
      const lowCD = v128.shuffle<u32>(c, d, 0, 4, 1, 5),
        highCD = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
      const to = out + j * outBytes + (i << 2);
      v128.store(to, v128.shuffle<u64>(lowAB, lowCD, 0, 2));
      v128.store(to + outBytes, v128.shuffle<u64>(lowAB, lowCD, 1, 3));
      v128.store(to + 2 * outBytes, v128.shuffle<u64>(highAB, highCD, 0, 2));
      v128.store(to + 3 * outBytes, v128.shuffle<u64>(highAB, highCD, 1, 3));
    }
  }
}
