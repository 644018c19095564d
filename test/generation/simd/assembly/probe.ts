// @ts-nocheck: AssemblyScript; asc checks it
import { constant, gather, max, min, select } from "../../../../src/core/assembly/arithmetic";
import { column, read, write } from "../../../../src/generation/simd/assembly/columns";
import { cos2pi, exp, log, normalPair, pow, sigmoid, sin2pi } from "../../../../src/core/assembly/math";
import { philox, scheduleKeys } from "../../../../src/core/assembly/philox";
import { NumberSlot } from "../../../../src/generation/layout";
import { MemoryMap } from "../../../../src/generation/simd/memoryMap";

/*
 * Stages around each function, for tests alone: they read columns 0 and 1 and write from column 2 on,
 * rows [from, to), both multiples of 4 (of 8 for Philox).
 */

export function expStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16) write(2, at, exp(read(0, at)));
}

export function logStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16) write(2, at, log(read(0, at)));
}

export function powStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16) write(2, at, pow(read(0, at), read(1, at)));
}

export function sigmoidStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16) write(2, at, sigmoid(read(0, at)));
}

export function sincosStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16) {
    write(2, at, sin2pi(read(0, at)));
    write(3, at, cos2pi(read(0, at)));
  }
}

export function normalStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16)
    normalPair(column(2) + at, column(3) + at, read(0, at), read(1, at));
}

export function minMaxStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16) {
    const a = read(0, at);
    const b = read(1, at);
    write(2, at, min(a, b));
    write(3, at, max(a, b));
    write(4, at, select(f32x4.lt(a, b), a, b));
  }
}

/** Column 0 holds 32-bit integers, indices of rows of column 1. */
export function gatherStage(from: i32, to: i32): void {
  for (let at: usize = from << 2, end: usize = to << 2; at < end; at += 16)
    write(2, at, gather(column(1), read(0, at)));
}

export function setKey(key0: i32, key1: i32): void {
  scheduleKeys(MemoryMap.parameters, key0, key1);
}

/** Words into columns 2 to 5; attempts are the 32-bit integers of column 0. */
export function wordStage(from: i32, to: i32, firstRow: i32, block: i32): void {
  for (let i = from; i < to; i += 8) {
    const at: usize = i << 2;
    philox<u32>(
      column(2) + at,
      i32x4.add(i32x4.splat(firstRow + i), i32x4(0, 1, 2, 3)),
      read(0, at),
      read(0, at + 16),
      block,
      MemoryMap.parameters,
      MemoryMap.columnStride,
    );
  }
}

/** The same as numbers in (0, 1), first attempts. */
export function uniformStage(from: i32, to: i32, firstRow: i32, block: i32): void {
  const first = i32x4.splat(0);
  for (let i = from; i < to; i += 8) {
    philox<f32>(
      column(2) + ((<usize>i) << 2),
      i32x4.add(i32x4.splat(firstRow + i), i32x4(0, 1, 2, 3)),
      first,
      first,
      block,
      MemoryMap.parameters,
      MemoryMap.columnStride,
    );
  }
}

/** An enum of src that tsc compiles too. */
export function slotOfLeadYield(): i32 {
  return NumberSlot.leadYield;
}
