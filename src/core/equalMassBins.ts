/**
 * Sums rows into bins of equal mass (numbers of rows differ by at most one, the first bins take the surplus). Rows of
 * equal probability share their events evenly, so that the order of the table does not matter when they straddle a bin.
 *
 * @param sorted  probabilities, ascending, shape [n]
 * @param counts  how often each row counts, shape [n]: 1, or its number in a bootstrap draw
 * @param events  1 where the event came, else 0, shape [n]
 * @param sums    is overwritten with rows, Σ probability and Σ event of each bin, shape [bins, 3]
 */
export function equalMassBins(sorted: Float64Array, counts: Uint32Array, events: Uint8Array, sums: Float64Array): void {
  const n = sorted.length;
  const bins = sums.length / 3;
  let total = 0;
  for (let at = 0; at < n; at++) total += counts[at];
  const size = Math.floor(total / bins);
  const surplus = total % bins;
  sums.fill(0);
  let bin = 0;
  let room = size + (surplus > 0 ? 1 : 0);
  let [inBin, probabilities, shares] = [0, 0, 0];
  let from = 0;
  while (from < n) {
    const probability = sorted[from];
    let rows = counts[from];
    let hits = rows * events[from];
    for (from++; from < n && sorted[from] === probability; from++) {
      rows += counts[from];
      hits += counts[from] * events[from];
    }
    // Most rows fit into their bin as they are; ties across its end are shared out.
    while (rows > room) {
      const share = (hits * room) / rows;
      sums[3 * bin] = inBin + room;
      sums[3 * bin + 1] = probabilities + room * probability;
      sums[3 * bin + 2] = shares + share;
      rows -= room;
      hits -= share;
      bin++;
      room = size + (bin < surplus ? 1 : 0);
      inBin = probabilities = shares = 0;
    }
    inBin += rows;
    probabilities += rows * probability;
    shares += hits;
    room -= rows;
  }
  sums[3 * bin] = inBin;
  sums[3 * bin + 1] = probabilities;
  sums[3 * bin + 2] = shares;
}

/** Mean over rows of the gap between mean probability and share of events of their bin. */
export function meanGap(sums: Float64Array): number {
  let gaps = 0;
  let rows = 0;
  for (let at = 0; at < sums.length; at += 3) {
    gaps += Math.abs(sums[at + 1] - sums[at + 2]);
    rows += sums[at];
  }
  return gaps / rows;
}
