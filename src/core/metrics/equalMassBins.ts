import { emptyBins, type Bins } from "./Bins.js";

/**
 * Bins of equal mass: numbers of rows differ by at most one, the first bins take the surplus.
 *
 * @param sorted  probabilities, ascending, shape [n]
 * @param counts  how often each row counts, shape [n]: 1, or its number in a bootstrap draw
 * @param bins    at least 1
 */
export function equalMassBins(sorted: Float64Array, counts: Uint32Array, bins: number): Bins {
  const made = emptyBins(bins);
  const n = sorted.length;
  let total = 0;
  for (let at = 0; at < n; at++) total += counts[at];
  const size = Math.floor(total / bins);
  const surplus = total % bins;
  let bin = 0;
  let room = size + (surplus > 0 ? 1 : 0);
  let [inBin, probabilities] = [0, 0];
  const close = (): void => {
    made.rows[bin] = inBin;
    made.probabilities[bin] = probabilities;
    bin++;
    room = size + (bin < surplus ? 1 : 0);
    inBin = probabilities = 0;
  };
  let start = 0;
  while (start < n) {
    const probability = sorted[start];
    let rows = counts[start];
    let end = start + 1;
    for (; end < n && sorted[end] === probability; end++) rows += counts[end];
    if (rows > 0 && room === 0) {
      made.to[bin] = start;
      close();
      made.from[bin] = start;
    }
    if (rows > room) {
      made.to[bin] = made.cutFrom[bin] = start;
      made.cutTo[bin] = end;
      while (rows > room) {
        made.cutRows[bin] = rows;
        made.cutTaken[bin] = room;
        inBin += room;
        probabilities += room * probability;
        rows -= room;
        close();
      }
      made.from[bin] = end;
    }
    inBin += rows;
    probabilities += rows * probability;
    room -= rows;
    start = end;
  }
  close();
  made.to[bin - 1] = n;
  return made;
}
