/**
 * Rows in ascending order of a probability, cut into bins. Where a bin ends within a run of equal probabilities,
 * the run's rows and events are shared out evenly, so that the order of the table does not matter.
 */
export interface Bins {
  /** Rows of each bin, and the sum of their probabilities. */
  readonly rows: Float64Array;
  readonly probabilities: Float64Array;
  /** Rows from..to - 1, in ascending order, lie wholly in the bin. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /**
   * The run that the bin's end cuts, cutFrom..cutTo - 1; empty where it is the run that the bin before had cut already.
   */
  readonly cutFrom: Uint32Array;
  readonly cutTo: Uint32Array;
  /**
   * Rows of that run that had not gone to bins before, 0 where
   * the end cuts none; and how many of them go into this bin.
   */
  readonly cutRows: Float64Array;
  readonly cutTaken: Float64Array;
}

export function emptyBins(bins: number): Bins {
  return {
    rows: new Float64Array(bins),
    probabilities: new Float64Array(bins),
    from: new Uint32Array(bins),
    to: new Uint32Array(bins),
    cutFrom: new Uint32Array(bins),
    cutTo: new Uint32Array(bins),
    cutRows: new Float64Array(bins),
    cutTaken: new Float64Array(bins),
  };
}

/**
 * Events of each bin.
 *
 * @param counts  how often each row counts, in ascending order, as the bins were made with
 * @param events  1 where the event came, else 0, in that order
 */
export function eventsOf(
  { from, to, cutFrom, cutTo, cutRows, cutTaken }: Bins,
  counts: Uint32Array,
  events: Uint8Array,
): Float64Array {
  const sums = new Float64Array(from.length);
  // Events of a cut run that are left for the bins to come.
  let left = 0;
  for (let bin = 0; bin < sums.length; bin++) {
    let sum = 0;
    if (cutRows[bin] === 0 || cutFrom[bin] < cutTo[bin]) {
      sum = left + countEvents(from[bin], to[bin], counts, events);
      left = countEvents(cutFrom[bin], cutTo[bin], counts, events);
    }
    if (cutRows[bin] > 0) {
      const share = (left * cutTaken[bin]) / cutRows[bin];
      sum += share;
      left -= share;
    }
    sums[bin] = sum;
  }
  return sums;
}

/** In whole numbers: this loop is most of the time of a calibration error. */
function countEvents(from: number, to: number, counts: Uint32Array, events: Uint8Array): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum = (sum + Math.imul(counts[at], events[at])) | 0;
  return sum;
}

/** Mean over rows of the gap between mean probability and share of events of their bin. */
export function meanGap({ rows, probabilities }: Bins, events: Float64Array): number {
  let [gaps, total] = [0, 0];
  for (let bin = 0; bin < rows.length; bin++) {
    gaps += Math.abs(probabilities[bin] - events[bin]);
    total += rows[bin];
  }
  return gaps / total;
}

/**
 * The bins that have rows, as ranges of rows in ascending order; a run that a bin's end cuts belongs to that bin as a
 * whole. For what needs whole rows: counts, and sums within a bin.
 */
export function binRanges({ from, to, cutTo }: Bins): { readonly from: number; readonly to: number }[] {
  return Array.from(from, (start, bin) => ({ from: start, to: Math.max(to[bin], cutTo[bin]) })).filter(
    (range) => range.from < range.to,
  );
}
