// @ts-nocheck: AssemblyScript; asc checks it
import { MemoryMap } from "../memoryMap";


@inline
export function codeColumn(slot: i32): usize {
  return MemoryMap.codes + slot * MemoryMap.codeStride;
}

/** Four codes below 256 into a column of bytes. @param row  of the chunk, a multiple of 4 */
@inline
export function writeBytes(slot: i32, row: i32, codes: v128): void {
  const words = i16x8.narrow_i32x4_u(codes, codes);
  store<u32>(codeColumn(slot) + row, i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0));
}

/** Four codes below 65536 into a column of 16-bit words. */
@inline
export function writeWords(slot: i32, row: i32, codes: v128): void {
  v128.store64_lane(codeColumn(slot) + (row << 1), i16x8.narrow_i32x4_u(codes, codes), 0);
}
