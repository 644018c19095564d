import { InputError } from "../../core/InputError.js";
import type { Table } from "../../core/Table.js";

/** @throws InputError if a table is a header and nothing else */
export function requireRows({ numRows }: Table, where: string): void {
  if (numRows > 0) return;
  throw new InputError({
    where,
    must: "must have a row for each experiment",
    got: "a header and no rows",
    mend: "fill it in, or name another file",
  });
}
