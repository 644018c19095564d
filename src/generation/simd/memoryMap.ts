// Read by tsc and by the AssemblyScript compiler.

/**
 * Byte addresses in the memory of the engine. Column c of a chunk starts at `columns + c * columnStride`.
 *
 * The stride is 4096 float32 rows plus 17 cache lines: with a power of two the same row of all columns would
 * compete for the same few places of the first-level cache (and a load be taken for the store 4 KiB before it).
 */
export enum MemoryMap {
  /** Below lie the compiler's constants. Round keys of the three streams, 320 bytes each. */
  designKeys = 65536,
  peopleKeys = 65856,
  noiseKeys = 66176,
  /** See ParameterSlot. */
  parameters = 66560,
  /** Rejected proposals by code of designFaults, 32-bit counts. */
  rejected = 67072,
  /** Cumulated weights of up to 256 regions, then the regions, 32 numbers each (see RegionSlot). */
  cumulated = 67584,
  regions = 68608,
  regionBytes = 128,
  /** 60 columns of numbers. */
  columns = 131072,
  columnStride = 17472,
  /** 13 columns of codes and one of faults, 2 bytes a row each, of which byte columns use half. */
  codes = 1179648,
  codeStride = 8256,
  /** Intermediate columns of one block of rows. */
  scratch = 1296384,
  scratchStride = 1088,
  blockRows = 256,
  /** What is given, see Given: points of designs, 13 axes of a chunk, or columns of recipes. */
  points = 1376256,
  pointStride = 16384,
  /** 64 bytes for each laboratory and day (see CalendarField). */
  calendar = 1589248,
}

/** Where the designs of a chunk come from. */
export enum Given {
  /** Drawn by the engine. */
  nothing,
  /** Points of designs that fill space. */
  points,
  /** Recipes: columns of NumberSlot, and those of RecipeSlot. */
  recipes,
}

/** Columns that stand in place of the first axes where recipes are given; codes as numbers. */
export enum RecipeSlot {
  caesiumOleate,
  extraBromide,
  route,
  polarSolvent,
}
