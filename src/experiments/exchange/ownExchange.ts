import { basename, extname } from "node:path";
import { InputError } from "../../core/InputError.js";
import { isCategory, type Table } from "../../core/Table.js";
import { realTables } from "../manifest.js";
import { designRoles } from "./designRoles.js";
import type { ExchangeTable } from "./ExchangeTable.js";
import { requireShareable } from "./publishedExchange.js";

/** An own table that is to go to others. */
export interface OwnTable {
  readonly table: Table;
  /** File that it was read from. */
  readonly file: string;
  /** SHA-256 of that file. */
  readonly sha256: string;
  /** What its owner says: an SPDX identifier. */
  readonly licence: string;
  /** Column of the number that is sought. */
  readonly target?: string;
}

/**
 * Somebody's own table for others, under the licence that he states.
 *
 * @throws InputError if the licence is no identifier, or the table is one of the manifest, or has rows of one whose
 *   licence does not let others have them
 */
export function ownExchange({ table, file, sha256, licence, target }: OwnTable): ExchangeTable {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(licence))
    throw new InputError({
      where: "--licence",
      must: "must be an SPDX identifier (https://spdx.org/licenses)",
      got: JSON.stringify(licence),
      mend: "write for example CC-BY-4.0, or LicenseRef-NAME for one of your own",
    });
  const same = realTables.find((one) => one.sha256 === sha256);
  if (same !== undefined) {
    requireShareable(same);
    throw new InputError({
      where: file,
      must: "must be a table of your own for --licence",
      got: `the table "${same.id}", whose licence is ${same.licence}`,
      mend: `export it by its name: ${same.id}`,
    });
  }
  for (const source of levelsOf(table, "source")) {
    const whole = realTables.find(({ id }) => id === source);
    if (whole !== undefined) requireShareable(whole);
  }
  if (table.numRows === 0)
    throw new InputError({ where: file, must: "must have rows", got: "none", mend: "name another table" });
  const bare = basename(file, extname(file));
  const name = bare
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const roles = designRoles(name === "" ? "table" : name);
  return {
    name: name === "" ? "table" : name,
    content: `${table.numRows} experiments of ${basename(file)}`,
    table,
    licence,
    origin: null,
    citation: null,
    assumptions: [],
    roles: { inputs: roles.inputs, target: target ?? null },
  };
}

/** The texts that a column has; none where there is no such column. */
function levelsOf({ columns }: Table, name: string): readonly string[] {
  if (!Object.hasOwn(columns, name)) return [];
  const column = columns[name];
  if (!isCategory(column)) return [];
  return [...new Set(column.codes)].map((code) => column.levels[code]);
}
