import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { checkDistinct } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";
import type { Table } from "../../core/Table.js";
import { checkedChunks } from "./checkedChunks.js";
import { encodeArrow } from "./encodeArrow.js";
import { encodeCsv } from "./encodeCsv.js";
import { encodeParquet } from "./encodeParquet.js";
import { projectName } from "../projectPath.js";
import { tableEnding, type TableEnding } from "./requireTableOutput.js";
import type { Chunk, TableEncoder } from "./TableEncoder.js";
import { replaceAtomic } from "../writeAtomic.js";

const encoders: Readonly<Record<TableEnding, TableEncoder>> = {
  ".csv": encodeCsv,
  ".parquet": encodeParquet,
  ".arrow": encodeArrow,
};

/**
 * Writes a table that comes in chunks, in memory that does not grow with its rows: .parquet
 * and .arrow with the schema inside, .csv without. Missing values become NULL, in CSV an
 * empty cell; -0 becomes 0, which Parquet's dictionaries do not tell apart. The same rows
 * give the same bytes, however they are cut into chunks. The file is replaced whole or not
 * at all, and the place is tried before the first chunk is asked for.
 *
 * @param chunks          tables with the columns of the schema; what was handed over must not be written into again
 * @param options.header  whether a CSV begins with the column names; without them files can be put one behind the other
 * @returns rows and bytes of the file
 * @throws InputError if the ending is another, the place cannot be written, a chunk does not fit the schema,
 *   or a number is infinite (row and column named); an old file stands
 */
export async function writeTableStream(
  path: string,
  schema: Schema,
  chunks: AsyncIterable<Table> | Iterable<Table>,
  { header = true }: { readonly header?: boolean } = {},
): Promise<{ readonly rows: number; readonly bytes: number }> {
  const where = projectName(path);
  const kind = tableEnding(path);
  if (Object.keys(schema).length === 0)
    throw new InputError({
      where,
      must: "the table must have at least one column",
      got: "none",
      mend: "give the schema a field",
    });
  if (!header && kind !== ".csv")
    throw new InputError({
      where,
      must: "only a .csv can go without its header",
      got: kind,
      mend: "leave the option out",
    });
  checkDistinct(Object.keys(schema), where);
  let rows = 0;
  let bytes = 0;
  async function* counted(): AsyncGenerator<Chunk, void, undefined> {
    for await (const chunk of checkedChunks(chunks, schema, where)) {
      yield chunk;
      rows += chunk.numRows;
    }
  }
  await replaceAtomic(path, async (temporary) => {
    const file = await open(temporary, "wx");
    try {
      bytes = await writePieces(
        file,
        encoders[kind](counted(), { schema, where, scratch: `${temporary}.part`, header }),
      );
    } finally {
      await file.close();
    }
  });
  return { rows, bytes };
}

/**
 * Bytes after which the disk is set to work while further pieces are made. Left to the end,
 * the last sync takes as long as all the writing, and of who has much unwritten the system holds up every write.
 */
const bytesPerSync = 32 * 2 ** 20;

/** Writes pieces while the next ones are made, down to the disk; gives back their bytes. */
async function writePieces(file: FileHandle, encoded: AsyncIterable<readonly Uint8Array[]>): Promise<number> {
  let bytes = 0;
  let synced = 0;
  let writing = Promise.resolve(0);
  let syncing = Promise.resolve();
  try {
    for await (const pieces of encoded) {
      bytes += await writing;
      if (bytes - synced >= bytesPerSync) {
        await syncing;
        syncing = file.datasync();
        synced = bytes;
      }
      writing = writeAll(file, pieces);
      // They are awaited after the next pieces are made: until then their failure is nobody's.
      Promise.all([writing, syncing]).catch(() => undefined);
    }
    bytes += await writing;
    await syncing;
    await file.sync();
    return bytes;
  } finally {
    await Promise.allSettled([writing, syncing]);
  }
}

/** Pieces that the system takes in one call. */
const piecesAtOnce = 1024;

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<number> {
  let bytes = 0;
  for (let first = 0; first < pieces.length; first += piecesAtOnce) {
    const some = pieces.slice(first, first + piecesAtOnce);
    const expected = some.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const { bytesWritten } = await file.writev(some);
    // A disk that is nearly full takes a part; the rest then fails with the reason.
    if (bytesWritten < expected) await file.writeFile(Buffer.concat(some).subarray(bytesWritten));
    bytes += expected;
  }
  return bytes;
}
