// @ts-nocheck: AssemblyScript; asc checks it
import { MemoryMap } from "../memoryMap";
import { scratch } from "./scratch";

/**
 * Four numbers of each of four records, turned into four columns of a block: records lie side by side, columns one
 * below the other, and reading whole records takes a quarter of the loads that reading numbers one by one takes.
 */
@inline
export function recordsToColumns(slot: i32, at: usize, first: usize, second: usize, third: usize, fourth: usize): void {
  const a = v128.load(first),
    b = v128.load(second),
    c = v128.load(third),
    d = v128.load(fourth);
  const lowAB = v128.shuffle<u32>(a, b, 0, 4, 1, 5),
    highAB = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const lowCD = v128.shuffle<u32>(c, d, 0, 4, 1, 5),
    highCD = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  const out = scratch(slot) + at;
  v128.store(out, v128.shuffle<u64>(lowAB, lowCD, 0, 2));
  v128.store(out + MemoryMap.scratchStride, v128.shuffle<u64>(lowAB, lowCD, 1, 3));
  v128.store(out + 2 * MemoryMap.scratchStride, v128.shuffle<u64>(highAB, highCD, 0, 2));
  v128.store(out + 3 * MemoryMap.scratchStride, v128.shuffle<u64>(highAB, highCD, 1, 3));
}
