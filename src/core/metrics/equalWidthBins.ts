import { emptyBins, type Bins } from "./Bins.js";

/**
 * Bins (low, high] of equal width over [0, 1], 0 in the first.
 *
 * @param sorted  probabilities, ascending, shape [n]
 * @param counts  how often each row counts, shape [n]: 1, or its number in a bootstrap draw
 * @param bins    at least 1
 */
export function equalWidthBins(sorted: Float64Array, counts: Uint32Array, bins: number): Bins {
  const made = emptyBins(bins);
  for (let at = 0; at < sorted.length; at++) {
    const bin = Math.max(0, Math.ceil(sorted[at] * bins) - 1);
    if (made.to[bin] === 0) made.from[bin] = at;
    made.to[bin] = at + 1;
    made.rows[bin] += counts[at];
    made.probabilities[bin] += counts[at] * sorted[at];
  }
  return made;
}
