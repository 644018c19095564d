import { InputError } from "../core/InputError.js";
import type { Table } from "../core/Table.js";
import { type TableSamples, tableSamples } from "./tableSamples.js";

/** Columns that tell rows apart without being data. */
export const namesOfRows: readonly string[] = ["experiment", "sourceRow"];

/** A table that windows are compared with, one after another: sorted and counted once. */
export interface DriftReference {
  readonly table: Table;
  /** Column that names the batch of each row; null where rows are taken as independent. */
  readonly groups: string | null;
  readonly rowNames: readonly string[];
  readonly samples: TableSamples;
}

/**
 * Makes a reference ready for many windows, each of which detectDrift then compares in a few milliseconds.
 *
 * @param options.groups    column that names the batch of each row (default: rows are independent)
 * @param options.rowNames  columns that tell rows apart and are left out (default namesOfRows)
 * @throws InputError if the table has no rows, a number is infinite, or a row does not name its batch
 */
export function fitDriftReference(
  table: Table,
  { groups, rowNames = namesOfRows }: { readonly groups?: string; readonly rowNames?: readonly string[] } = {},
): DriftReference {
  if (table.numRows === 0)
    throw new InputError({
      where: "fitDriftReference",
      must: "a reference must have rows",
      got: "none",
      mend: "give a table of when things were well",
    });
  const names = Object.keys(table.columns).filter((name) => ![...rowNames, groups].includes(name));
  return { table, groups: groups ?? null, rowNames, samples: tableSamples(table, names, groups ?? null) };
}
