/** What a cell shows; null or NaN is shown as missing. */
export type CellValue = string | number | null;

/** Head of a column; numbers stand on the right unless `align` says otherwise. */
export interface ShownColumn {
  readonly name: string;
  /** Written after the name in parentheses. */
  readonly unit?: string;
  readonly align?: "left" | "right";
}

/** A few rows to be shown, with their own caption and heads. */
export interface ShownTable {
  readonly caption: string;
  readonly columns: readonly ShownColumn[];
  /** One value per column. */
  readonly rows: readonly (readonly CellValue[])[];
}

/** A head with what stands beneath it. */
export interface ColumnOf<Row> extends ShownColumn {
  readonly of: (row: Row) => CellValue;
}

/**
 * A table of named results. A head and its values stand in one place, so none can stand above those of another.
 *
 * @example
 * ```ts
 * import { htmlTable, shownTable } from "cspbbr3-twin";
 *
 * const table = shownTable({
 *   caption: "Models on the same rows",
 *   columns: [
 *     { name: "model", of: ({ name }) => name },
 *     { name: "size error", unit: "nm", of: ({ error }) => error },
 *   ],
 *   rows: [{ name: "ridge", error: 1.2 }],
 * });
 * console.log(htmlTable(table).text);
 * // Models on the same rows
 * // model  size error (nm)
 * // -----  ---------------
 * // ridge              1.2
 * ```
 */
export function shownTable<Row>({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly columns: readonly ColumnOf<Row>[];
  readonly rows: readonly Row[];
}): ShownTable {
  return {
    caption,
    columns: columns.map(({ of: _, ...head }) => head),
    rows: rows.map((row) => columns.map(({ of }) => of(row))),
  };
}
