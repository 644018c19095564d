import type { Schema } from "./Schema.js";

/** A category column: row i holds `levels[codes[i]]`; the empty string is the missing value. */
export interface CategoryColumn {
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  readonly levels: readonly string[];
}

/** A column of numbers; a missing one is NaN. */
export type NumberColumn = Float64Array | Float32Array;

/** A column of a table: numbers or categories. */
export type Column = NumberColumn | CategoryColumn;

/** Columns of equal length and their meaning. Tables are values: nothing writes into one after it is made. */
export interface Table {
  readonly numRows: number;
  readonly columns: Readonly<Record<string, Column>>;
  readonly schema: Schema;
}

/**
 * Puts columns and schema together.
 *
 * @param schema   one field per column, in column order
 * @param columns  one column per field, all of the same length
 * @throws RangeError if names or lengths differ, or a category code has no level
 * @throws TypeError  if a column is not of the kind its field names
 *
 * @example
 * ```ts
 * import { categoryColumn, makeTable, numbersOf, textsOf } from "cspbbr3-twin";
 *
 * const schema = {
 *   size: { kind: "number", unit: "nm", meaning: "edge length" },
 *   phase: { kind: "category", unit: "", meaning: "product" },
 * } as const;
 * const table = makeTable(schema, {
 *   size: Float64Array.of(8.5, NaN),
 *   phase: categoryColumn(["CsPbBr3", "Cs4PbBr6"]),
 * });
 * console.log(table.numRows, numbersOf(table, "size"), textsOf(table, "phase"));
 * // 2 Float64Array(2) [ 8.5, NaN ] [ 'CsPbBr3', 'Cs4PbBr6' ]
 * ```
 */
export function makeTable(schema: Schema, columns: Readonly<Record<string, Column>>): Table {
  const names = Object.keys(schema);
  const strangers = Object.keys(columns).filter((name) => !Object.hasOwn(schema, name));
  const absent = names.filter((name) => !Object.hasOwn(columns, name));
  if (strangers.length + absent.length > 0) {
    throw new RangeError(
      "makeTable: schema and columns must have the same names; missing " +
        `[${absent.join(", ")}], unknown [${strangers.join(", ")}]`,
    );
  }
  const numRows = names.length === 0 ? 0 : columnLength(columns[names[0]]);
  for (const name of names) {
    const column = columns[name];
    if ((schema[name].kind === "category") !== isCategory(column)) {
      throw new TypeError(
        `makeTable: column ${name} must be a ${schema[name].kind} column; convert it or mend its field`,
      );
    }
    if (columnLength(column) !== numRows) {
      throw new RangeError(
        `makeTable: every column must have ${numRows} rows like ${names[0]}; ${name} has ${columnLength(column)}`,
      );
    }
    if (isCategory(column)) {
      // A plain loop: tables are made more often than they are looked at.
      let row = 0;
      while (row < numRows && column.codes[row] < column.levels.length) row++;
      if (row < numRows)
        throw new RangeError(
          `makeTable: column ${name}, row ${row}: code ${column.codes[row]} ` +
            `must be below its ${column.levels.length} levels`,
        );
    }
  }
  return Object.freeze({
    numRows,
    columns: Object.freeze(Object.fromEntries(names.map((name) => [name, columns[name]]))),
    schema,
  });
}

/** Whether a column holds categories, not numbers. */
export function isCategory(column: Column): column is CategoryColumn {
  return "codes" in column;
}

function columnLength(column: Column): number {
  return isCategory(column) ? column.codes.length : column.length;
}

/** Category column of texts; levels in order of first appearance unless given, so that equal data has equal bytes. */
export function categoryColumn(
  values: readonly string[],
  levels: readonly string[] = [...new Set(values)],
): CategoryColumn {
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = new (levels.length <= 0x100 ? Uint8Array : levels.length <= 0x10000 ? Uint16Array : Uint32Array)(
    values.length,
  );
  values.forEach((value, row) => {
    const code = codeOf.get(value);
    if (code === undefined)
      throw new RangeError(`categoryColumn: row ${row} must hold one of [${levels.join(", ")}]; got "${value}"`);
    codes[row] = code;
  });
  return { codes, levels };
}

/**
 * The numbers of a column, not a copy.
 *
 * @throws RangeError if there is no such column, TypeError if it holds categories
 */
export function numbersOf(table: Table, name: string): NumberColumn {
  const column = columnOf(table, name);
  if (isCategory(column)) throw new TypeError(`numbersOf: column ${name} holds categories; read it with textsOf`);
  return column;
}

/**
 * The texts of a category column, one per row.
 *
 * @throws RangeError if there is no such column, TypeError if it holds numbers
 */
export function textsOf(table: Table, name: string): string[] {
  const column = columnOf(table, name);
  if (!isCategory(column)) throw new TypeError(`textsOf: column ${name} holds numbers; read it with numbersOf`);
  return Array.from(column.codes, (code) => column.levels[code]);
}

/**
 * Codes and levels of a category column, not a copy.
 *
 * @throws RangeError if there is no such column, TypeError if it holds numbers
 *
 * @example
 * ```ts
 * import { categoryColumn, codesOf, makeTable } from "cspbbr3-twin";
 *
 * const schema = { phase: { kind: "category", unit: "", meaning: "product" } } as const;
 * const table = makeTable(schema, { phase: categoryColumn(["CsPbBr3", "Cs4PbBr6", "CsPbBr3"]) });
 * console.log(codesOf(table, "phase"));
 * // { codes: Uint8Array(3) [ 0, 1, 0 ], levels: [ 'CsPbBr3', 'Cs4PbBr6' ] }
 * ```
 */
export function codesOf(table: Table, name: string): CategoryColumn {
  const column = columnOf(table, name);
  if (!isCategory(column)) throw new TypeError(`codesOf: column ${name} holds numbers; read it with numbersOf`);
  return column;
}

function columnOf(table: Table, name: string): Column {
  if (!Object.hasOwn(table.columns, name))
    throw new RangeError(`no column "${name}"; the table has ${Object.keys(table.columns).join(", ")}`);
  return table.columns[name];
}

/**
 * A new table of the given rows, in the given order; a row may come twice.
 *
 * @throws RangeError if an index is outside the table
 */
export function selectRows(table: Table, rows: Uint32Array): Table {
  const outside = rows.find((row) => row >= table.numRows);
  if (outside !== undefined)
    throw new RangeError(`selectRows: row indices must be below ${table.numRows}; got ${outside}`);
  const columns = Object.entries(table.columns).map(
    ([name, column]) =>
      [
        name,
        isCategory(column) ? { codes: pick(column.codes, rows), levels: column.levels } : pick(column, rows),
      ] as const,
  );
  return makeTable(table.schema, Object.fromEntries(columns));
}

function pick<T extends Float64Array | Float32Array | Uint8Array | Uint16Array | Uint32Array>(
  values: T,
  rows: Uint32Array,
): T {
  const picked = new (values.constructor as new (length: number) => T)(rows.length);
  rows.forEach((row, i) => (picked[i] = values[row]));
  return picked;
}

/** These columns alone, in this order. @throws RangeError naming a column that is missing */
export function selectColumns(table: Table, names: readonly string[]): Table {
  const absent = names.find((name) => !Object.hasOwn(table.columns, name));
  if (absent !== undefined) throw new RangeError(`selectColumns: there is no column "${absent}"`);
  return makeTable(
    Object.fromEntries(names.map((name) => [name, table.schema[name]])),
    Object.fromEntries(names.map((name) => [name, table.columns[name]])),
  );
}

/** Row indices for which `keep` holds, ascending. */
export function rowsWhere(table: Table, keep: (row: number) => boolean): Uint32Array {
  return Uint32Array.from({ length: table.numRows }, (_, row) => row).filter(keep);
}
