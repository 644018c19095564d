import { eachNearPair, type NearPairsOptions } from "../../neighbours/eachNearPair.js";
import type { Table } from "../../core/Table.js";

/** Two rows that are nearly, and not wholly, equal. */
export interface NearPair {
  /** Row indices, ascending. */
  readonly rows: readonly [number, number];
  /** Euclidean, in standard deviations of the columns. */
  readonly distance: number;
}

export interface NearDuplicates {
  /** In order of their rows. */
  readonly pairs: readonly NearPair[];
  /** Whether these are all; false when the search ended at `most`. */
  readonly complete: boolean;
}

export interface NearDuplicatesOptions extends NearPairsOptions {
  /** Pairs after which the search ends (default 100,000). */
  readonly most?: number;
}

/**
 * Pairs of rows that are nearly equal, as eachNearPair finds them, in order of their rows.
 *
 * @throws RangeError if the tolerance is not above 0 or a number is infinite
 */
export function nearDuplicateRows(table: Table, { most = 100_000, ...options }: NearDuplicatesOptions): NearDuplicates {
  const pairs: NearPair[] = [];
  eachNearPair(table, options, (one, other, distance) => {
    pairs.push({ rows: [one, other], distance });
    return pairs.length <= most;
  });
  pairs.sort((a, b) => a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1]);
  return { pairs: pairs.slice(0, most), complete: pairs.length <= most };
}
