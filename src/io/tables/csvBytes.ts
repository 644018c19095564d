import { isCategory, type Table } from "../../core/Table.js";
import { checkedChunks } from "./checkedChunks.js";
import { encodeCsv } from "./encodeCsv.js";

/**
 * A table as the bytes of a CSV that reads back to the very numbers: those of single precision are written as the
 * doubles that they are, and -0 keeps its sign.
 *
 * @param options.where   the file as messages name it
 * @param options.header  whether it begins with the names of its columns (default true)
 * @throws InputError if a number is infinite
 */
export async function csvBytes(
  { numRows, columns, schema }: Table,
  { where, header = true }: { readonly where: string; readonly header?: boolean },
): Promise<Uint8Array> {
  const doubles = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, isCategory(column) ? column : Float64Array.from(column)]),
  );
  const chunks = checkedChunks([{ numRows, columns: doubles, schema }], schema, where);
  const pieces: Buffer[] = [];
  for await (const some of encodeCsv(chunks, { schema, where, scratch: "", header, signedZero: true }))
    pieces.push(...some.map((piece) => Buffer.from(piece)));
  return Buffer.concat(pieces);
}
