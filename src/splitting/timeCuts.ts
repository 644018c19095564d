/** Rows in order of time. */
export interface TimeOrder {
  /** Row indices, earliest first; of equal times the lower index first. */
  readonly rows: Uint32Array;
  /** Time of each of them, ascending. */
  readonly times: Float64Array;
}

/** @throws RangeError if there is no row or a time is not finite */
export function timeOrder(times: ArrayLike<number>, where: string): TimeOrder {
  if (times.length === 0) throw new RangeError(`${where}: at least one row is needed; got an empty table`);
  for (let row = 0; row < times.length; row++) {
    if (!Number.isFinite(times[row]))
      throw new RangeError(
        `${where}: every row must have a finite time; row ${row} has ${times[row]}; leave such rows out`,
      );
  }
  const rows = Uint32Array.from({ length: times.length }, (_, row) => row).sort((a, b) => times[a] - times[b] || a - b);
  return { rows, times: Float64Array.from(rows, (row) => times[row]) };
}

/**
 * The place nearest to `at` where the time changes, so that rows of equal
 * time stay together; of two as near the earlier.
 */
export function timeCut(times: Float64Array, at: number): number {
  if (at <= 0 || at >= times.length || times[at - 1] !== times[at]) return at;
  let [before, after] = [at, at];
  while (before > 0 && times[before - 1] === times[at]) before--;
  while (after < times.length && times[after] === times[at]) after++;
  return at - before <= after - at ? before : after;
}

/** How many rows of `from .. to - 1` to keep so that the last is more than `embargo` before the row at `to`. */
export function keptBefore(
  times: Float64Array,
  { from, to, embargo }: { readonly from: number; readonly to: number; readonly embargo: number },
): number {
  let end = to;
  while (to < times.length && end > from && times[to] - times[end - 1] <= embargo) end--;
  return end - from;
}

/** @throws RangeError if the embargo is not a time of at least 0 */
export function checkEmbargo(embargo: number, where: string): void {
  if (!(embargo >= 0 && Number.isFinite(embargo)))
    throw new RangeError(`${where}: the embargo must be a finite time of at least 0; got ${embargo}`);
}
