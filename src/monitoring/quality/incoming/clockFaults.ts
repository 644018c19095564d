import { isCategory } from "../../../core/Table.js";
import { type Checked, finding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";
import { timesOf } from "./timesOf.js";

/** Rows whose time lies before that of an earlier row, where the reference's never does. */
export function clockFaults({ incoming, reference }: Inspection): Checked {
  const { time } = reference.rowColumns;
  const unknown = (reason: string): Checked => ({
    findings: [],
    unknown: [{ fault: "clock", columns: time === undefined ? [] : [time], reason }],
  });
  if (time === undefined) return unknown("no column of time is named");
  if (!Object.hasOwn(incoming.columns, time)) return unknown(`column ${time} is missing`);
  if (reference.inOrder === null) return unknown("some times of the reference are missing or cannot be read");
  if (!reference.inOrder) return unknown("the reference is not in the order of its times");
  const column = incoming.columns[time];
  const times = timesOf(column);
  if (times === null) return unknown("some times are missing or cannot be read");
  const rows: number[] = [];
  let latest = -Infinity;
  times.forEach((value, row) => {
    if (value < latest) rows.push(row);
    else latest = value;
  });
  if (rows.length === 0) return { findings: [], unknown: [] };
  const shown = (row: number): number | string => (isCategory(column) ? column.levels[column.codes[row]] : column[row]);
  const before = rows[0] - 1;
  return {
    findings: [
      finding("clock", {
        column: time,
        rows,
        shown,
        numbers: { rows: rows.length, firstRow: rows[0] + 1 },
        because:
          `the time goes back from ${shown(before)} (row ${before + 1}) ` + `to ${shown(rows[0])} (row ${rows[0] + 1})`,
        mend: "see which clock was set, or whether rows were appended out of order",
      }),
    ],
    unknown: [],
  };
}
