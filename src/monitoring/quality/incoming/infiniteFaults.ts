import { numbersOf } from "../../../core/Table.js";
import { type Checked, finding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";

/** Numbers that are infinite: a division by zero, an overflow of an instrument. Not-a-number counts as missing. */
export function infiniteFaults({ incoming, numbers, reference }: Inspection): Checked {
  const findings = numbers.flatMap((name) => {
    const column = numbersOf(incoming, name);
    const rows: number[] = [];
    for (let row = 0; row < column.length; row++)
      if (column[row] === Infinity || column[row] === -Infinity) rows.push(row);
    if (rows.length === 0) return [];
    return [
      finding("infinite", {
        column: name,
        unit: reference.numbers[name].field.unit,
        rows,
        shown: (row) => column[row],
        because: `${rows.length} infinite ${rows.length === 1 ? "value" : "values"}`,
        mend: "leave the cell empty where nothing was measured, and mend what divided by zero",
      }),
    ];
  });
  return { findings, unknown: [] };
}
