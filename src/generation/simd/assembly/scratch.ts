// @ts-nocheck: AssemblyScript; asc checks it
import { MemoryMap } from "../memoryMap";

/** Intermediate columns of a block; the first 16 take a design's uniform numbers, four words at a time. */
export enum Scratch {
  uniform = 0,
  people = 16,
  noise = 20,
  normal = 28,
  /** What the calendar says, in the order of CalendarField. */
  today = 34,
  attempt = 50,
  region,
  fault,
  isHot,
  extraBromide,
  caesiumOleate,
  route,
  inverseKelvin,
  kelvin,
  polar,
  leadShare0,
  leadShare1,
  leadShare2,
  label,
  phase,
  lab,
  day,
}

/** Where a column of the block starts. */
@inline
export function scratch(slot: i32): usize {
  return MemoryMap.scratch + slot * MemoryMap.scratchStride;
}

/** @param at  4 bytes times the row's number within the block */
@inline
export function take(slot: i32, at: usize): v128 {
  return v128.load(scratch(slot) + at);
}


@inline
export function put(slot: i32, at: usize, value: v128): void {
  v128.store(scratch(slot) + at, value);
}
