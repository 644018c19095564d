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

/** Computes rows; what it computes depends on the setup and on row numbers alone. */
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
}

/** A region in which this many proposals in a row were impossible is empty for all that we know. */
export const mostAttempts = 1000;
