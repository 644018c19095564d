import type { PhysicsValues } from "../chemistry/physicsParameters.js";
import type { WeightedRegion } from "./campaigns.js";
import type { Laboratories } from "./laboratories.js";

/** 64-bit Philox keys of the three independent streams. */
export interface StreamKeys {
  /** What is tried. */
  readonly design: readonly [number, number];
  /** Who does it, and when. */
  readonly people: readonly [number, number];
  /** How the reading turns out. */
  readonly noise: readonly [number, number];
}

/** All that rows depend on besides their number. */
export interface TwinSetup {
  readonly regions: readonly WeightedRegion[];
  /** Of the regions, summing to 1. */
  readonly weights: readonly number[];
  readonly laboratories: Laboratories;
  readonly physics: PhysicsValues;
  /** Scale of measurement noise: 1 as measured; 0 none, and the label is the noise-free one. */
  readonly noise: number;
  readonly keys: StreamKeys;
}

/** Rows side by side; views into the engine's memory, good until it fills the next chunk. */
export interface Chunk {
  readonly rows: number;
  /** In the order of NumberSlot. */
  readonly numbers: readonly Float32Array[];
  /** In the order of CodeSlot. */
  readonly codes: readonly (Uint8Array | Uint16Array)[];
  /** Codes of designFaults; not 0 only where points were given. */
  readonly faults: Uint8Array;
}

/** Recipes side by side that somebody wrote down: the engine takes them as they are and looks for no fault. */
export interface GivenRecipes {
  /** At most chunkRows. */
  readonly rows: number;
  /** The first `recipeSlots` of NumberSlot, in their order. */
  readonly numbers: readonly Float32Array[];
  /** mol/L: caesium that comes as oleate; bromide beyond that of its salts with lead and caesium (may be below 0). */
  readonly caesiumOleateMolar: Float32Array;
  readonly extraBromideMolar: Float32Array;
  /** Codes of routeNames and of polarSolvents. */
  readonly route: Uint8Array;
  readonly polarSolvent: Uint8Array;
}

/** Computes rows; what it computes depends on the setup, on row numbers and on given recipes alone. */
export interface ExperimentEngine {
  readonly name: "simd" | "typescript";
  /** Proposals rejected so far, by code of designFaults. */
  readonly rejected: Float64Array;
  /**
   * @param first   number of the first row, from 0, below 2^32
   * @param rows    at most chunkRows
   * @param points  design coordinates, axis after axis (`points[axis * rows + i]`); without them they are random and
   *                impossible designs are proposed anew
   */
  fill(first: number, rows: number, points?: Float32Array): Chunk;
  /** The same for given recipes: row number `first + i` says who carries out recipe i, when, and how it is read. */
  carryOut(first: number, recipes: GivenRecipes): Chunk;
}

/** A region in which this many proposals in a row were impossible is empty for all that we know. */
export const mostAttempts = 1000;
