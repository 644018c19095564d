import { describe, expect, it } from "vitest";
import { chunkRows } from "../../../src/generation/layout.js";
import { MemoryMap } from "../../../src/generation/simd/memoryMap.js";

describe("MemoryMap", () => {
  it("keeps a chunk's columns apart, on cache lines, and never at the same place of different 4 KiB pages", () => {
    expect(MemoryMap.columnStride).toBeGreaterThanOrEqual(4 * chunkRows);
    expect(MemoryMap.columnStride % 64).toBe(0);
    expect(MemoryMap.columns % 64).toBe(0);
    expect(new Set(Array.from({ length: 64 }, (_, column) => (column * MemoryMap.columnStride) % 4096)).size).toBe(64);
  });
});
