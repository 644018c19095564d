import { columnNames } from "../../core/columnNames.js";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";
import type { Column, NumberColumn, Table } from "../../core/Table.js";
import { isCategory } from "../../core/Table.js";
import type { Chunk } from "./TableEncoder.js";

/**
 * Holds every chunk against the schema and its numbers against infinity; of a stream
 * without chunks it makes one without rows.
 *
 * @throws InputError if a chunk has other columns than the schema or other kinds of numbers than the chunk before,
 *   or a number is infinite (row counted from 1 over the whole stream)
 */
export async function* checkedChunks(
  chunks: AsyncIterable<Table> | Iterable<Table>,
  schema: Schema,
  where: string,
): AsyncGenerator<Chunk, void, undefined> {
  const names = columnNames(schema);
  let before: readonly Column[] | undefined;
  let firstRow = 0;
  for await (const table of chunks) {
    const columns = columnsOf(table, schema, before, `${where}, chunk that begins with row ${firstRow + 1}`);
    const plain = columns.map(
      (column, i) =>
        !isCategory(column) && isPlain(column, (row) => infinite(where, firstRow + row, names[i], column[row])),
    );
    yield { numRows: table.numRows, columns, plain };
    before = columns;
    firstRow += table.numRows;
  }
  if (before === undefined) {
    const columns = names.map((name): Column =>
      schema[name].kind === "number" ? new Float64Array(0) : { codes: new Uint8Array(0), levels: [] },
    );
    yield { numRows: 0, columns, plain: names.map((name) => schema[name].kind === "number") };
  }
}

function columnsOf(
  table: Table,
  schema: Schema,
  before: readonly Column[] | undefined,
  where: string,
): readonly Column[] {
  const names = columnNames(schema);
  const strangers = Object.keys(table.columns).filter((name) => !Object.hasOwn(schema, name));
  const absent = names.filter((name) => !Object.hasOwn(table.columns, name));
  if (strangers.length + absent.length > 0) {
    throw new InputError({
      where,
      must: "must have the columns of the schema",
      got: `missing [${absent.join(", ")}], unknown [${strangers.join(", ")}]`,
      mend: "make every chunk with the schema that the file was begun with",
    });
  }
  return names.map((name, i) => {
    const column = table.columns[name];
    const kind = kindOf(column);
    const expected = before === undefined ? undefined : kindOf(before[i]);
    if (isCategory(column) !== (schema[name].kind === "category")) {
      throw new InputError({
        where: `${where}, column ${name}`,
        must: `must be a ${schema[name].kind} column`,
        got: kind,
        mend: "make every chunk with the schema that the file was begun with",
      });
    }
    if (expected !== undefined && expected !== kind) {
      throw new InputError({
        where: `${where}, column ${name}`,
        must: `must hold ${expected} like the chunk before`,
        got: kind,
        mend: "keep to one kind of numbers in a column",
      });
    }
    return column;
  });
}

function kindOf(column: Column): string {
  return isCategory(column) ? "categories" : column instanceof Float32Array ? "Float32" : "Float64";
}

/**
 * Whether all numbers are finite and none is zero. One pass of four at a time, because every
 * number of every file goes through here: a sum of zeros is NaN once a NaN or an infinity
 * came in, and a product of two is zero once a zero did (or doubles ran out of exponents, which
 * costs no more than a second look). Not a product of four: infinity times zero is no zero.
 */
function isPlain(values: NumberColumn, onInfinite: (row: number) => InputError): boolean {
  let odd = 0;
  let zero = false;
  const fours = values.length & ~3;
  for (let row = 0; row < fours; row += 4) {
    const a = values[row];
    const b = values[row + 1];
    const c = values[row + 2];
    const d = values[row + 3];
    odd += a * 0 + b * 0 + (c * 0 + d * 0);
    if (a * b === 0 || c * d === 0) zero = true;
  }
  for (let row = fours; row < values.length; row++) {
    odd += values[row] * 0;
    if (values[row] === 0) zero = true;
  }
  if (odd === 0) return !zero;
  const row = values.findIndex((value) => Math.abs(value) === Infinity);
  if (row >= 0) throw onInfinite(row);
  return false;
}

function infinite(where: string, row: number, name: string, value: number): InputError {
  return new InputError({
    where,
    must: `row ${row + 1}, column ${name} must be finite or missing`,
    got: String(value),
    mend: "write NaN for a value that is not known",
  });
}
