import { classRows } from "./classRows.js";

/** Rows that a cleaning keeps and drops, ascending. */
export interface Cleaned {
  readonly kept: Uint32Array;
  readonly dropped: Uint32Array;
}

/**
 * @param drop       common: rows of the rarest class are all kept (of several as rare,
 *                   the first in code order); both: any row may go
 * @param isSuspect  whether a row would go
 * @throws RangeError if a class would lose all its rows
 */
export function cleanedRows(
  caller: string,
  labels: Uint8Array,
  drop: "common" | "both",
  isSuspect: (row: number) => boolean,
): Cleaned {
  const counts = classRows(labels).map((rows) => rows.length);
  const rarest = counts.indexOf(Math.min(...counts.filter((count) => count > 0)));
  const goes = Uint8Array.from(labels, (label, row) =>
    (drop === "both" || label !== rarest) && isSuspect(row) ? 1 : 0,
  );
  const all = Uint32Array.from(labels.keys());
  const kept = all.filter((row) => goes[row] === 0);
  const left = counts.map(() => 0);
  for (const row of kept) left[labels[row]]++;
  const gone = counts.findIndex((count, label) => count > 0 && left[label] === 0);
  if (gone >= 0)
    throw new RangeError(
      `${caller}: the cleaning would drop all ${counts[gone]} rows of class ${gone}; ` +
        "clean before, or not at all, or collect rows of it",
    );
  return { kept, dropped: all.filter((row) => goes[row] === 1) };
}
