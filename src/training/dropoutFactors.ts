import { philox4x32 } from "../core/random/philox4x32.js";

/** Where in a training a mask is drawn. */
export interface DropoutPlace {
  /** Of the hidden layer, from 0. */
  readonly layer: number;
  /** Of the batch, from 0. */
  readonly row: number;
  /** Number of the update, from 1. */
  readonly step: number;
}

/** A unit stays where 16 random bits are below this number; so the rate is rounded to 1/65536. */
export function dropoutThreshold(rate: number): number {
  return Math.round((1 - rate) * 65536);
}

/** What the units that stay are multiplied with, so that the expectation is that without dropout (inverted dropout). */
export function dropoutScale(rate: number): number {
  return 65536 / dropoutThreshold(rate);
}

/** Philox counters of one layer begin this far after those of the layer before. */
export const dropoutLayerStride = 65536;

const block = new Uint32Array(4);

/**
 * What dropout multiplies the units of one row of a layer with: 0 or dropoutScale. A pure function of key and place, so
 * that engines agree on every mask without handing it around. Philox counters are (block + layer · 65536, row,
 * step, 0); of each 64 units, unit j takes half (j >> 3) & 1 of word (j >> 4) & 3 of block j & 7, an order that
 * SIMD finds without moving bits between lanes.
 *
 * @param width  units of the layer
 * @param rate   share of units to drop, in [0, 1)
 * @param key    of the training
 * @see Srivastava et al. 2014, Journal of Machine Learning Research 15, 1929
 */
export function dropoutFactors(
  width: number,
  rate: number,
  key: readonly [number, number],
  { layer, row, step }: DropoutPlace,
): Float64Array {
  const threshold = dropoutThreshold(rate);
  const scale = dropoutScale(rate);
  const factors = new Float64Array(width);
  for (let first = 0; first < width; first += 64) {
    for (let lane = 0; lane < 8; lane++) {
      philox4x32([first / 8 + lane + layer * dropoutLayerStride, row, step, 0], key, block);
      for (let slot = 0; slot < 8; slot++) {
        const unit = first + 8 * slot + lane;
        const word = block[slot >> 1];
        if (unit < width && (slot % 2 === 0 ? word & 0xffff : word >>> 16) < threshold) factors[unit] = scale;
      }
    }
  }
  return factors;
}
