import type { Column } from "../../../core/Table.js";
import { isMissingAt } from "./isMissingAt.js";

/** How many rows are missing, and how alike the rows of a group are in it. */
export interface ShareProfile {
  readonly hits: number;
  readonly rows: number;
  /** Intraclass correlation, in [0, 1]; null where nothing, or everything, is missing. */
  readonly correlation: number | null;
  /** Mean size of the group that a row is in. */
  readonly groupSize: number;
}

/** How often a column has no value, and how alike the rows of a group are in it (analysis of variance). */
export function missingShare(column: Column, groups: Uint32Array): ShareProfile {
  const rows = groups.length;
  const [sizes, missing] = [new Map<number, number>(), new Map<number, number>()];
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    const group = groups[row];
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
    if (!isMissingAt(column, row)) continue;
    hits++;
    missing.set(group, (missing.get(group) ?? 0) + 1);
  }
  const count = sizes.size;
  const squares = [...sizes.values()].reduce((sum, size) => sum + size ** 2, 0);
  const groupSize = rows === 0 ? 1 : squares / rows;
  const share = { hits, rows, groupSize };
  if (hits === 0 || hits === rows || count < 2 || count === rows)
    return { ...share, correlation: count === rows && hits > 0 && hits < rows ? 0 : null };
  let between = 0;
  let within = 0;
  for (const [group, size] of sizes) {
    const here = missing.get(group) ?? 0;
    between += size * (here / size - hits / rows) ** 2;
    within += (here * (size - here)) / size;
  }
  const [meanBetween, meanWithin] = [between / (count - 1), within / (rows - count)];
  const typical = (rows - groupSize) / (count - 1);
  const correlation = (meanBetween - meanWithin) / (meanBetween + (typical - 1) * meanWithin);
  return { ...share, correlation: Math.min(1, Math.max(0, correlation)) };
}
