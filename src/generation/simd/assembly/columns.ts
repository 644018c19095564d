// @ts-nocheck: AssemblyScript; asc checks it
import { MemoryMap } from "../memoryMap";

/** Address of row 0 of a column. */
@inline
export function column(slot: i32): usize {
  return MemoryMap.columns + slot * MemoryMap.columnStride;
}

/**
 * Four rows of a column.
 *
 * @param at  offset of the first of the rows in its column: 4 bytes times its number, which is a multiple of 4
 */
@inline
export function read(slot: i32, at: usize): v128 {
  return v128.load(column(slot) + at);
}


@inline
export function write(slot: i32, at: usize, value: v128): void {
  v128.store(column(slot) + at, value);
}
