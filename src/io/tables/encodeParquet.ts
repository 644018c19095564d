import { columnNames } from "../../core/columnNames.js";
import { open, rm } from "node:fs/promises";
import type { DuckDBConnection, DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import { InputError } from "../../core/InputError.js";
import type { CategoryColumn, Column, NumberColumn } from "../../core/Table.js";
import { isCategory } from "../../core/Table.js";
import { duckDb, openDuckDb, sqlName, sqlText, withSystemCode } from "./duckdb.js";
import { schemaKey, schemaText } from "./storedSchema.js";
import type { RowRange } from "./groupRows.js";
import { groupRows } from "./groupRows.js";
import { levelUnion, missingCode } from "./levelUnion.js";
import { parquetJoin } from "./parquetJoin.js";
import type { Chunk, EncodeOptions } from "./TableEncoder.js";

/** Rows that DuckDB takes at a time. */
const vectorRows = 2048;
/**
 * As many rows in a row group as DuckDB takes by itself, or fewer where they are wide: the groups on
 * their way are the memory that a stream takes.
 */
const mostGroupRows = 60 * vectorRows;
const groupBytes = 6 * 2 ** 20;

/**
 * Parquet with zstd, written by DuckDB. It cannot append to a Parquet file, so every row
 * group becomes a file of its own, and the files are joined. While DuckDB packs a group, the
 * next one is gathered.
 */
export async function* encodeParquet(
  chunks: AsyncIterable<Chunk>,
  { schema, where, scratch }: EncodeOptions,
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  const database = await openDuckDb();
  const { connection } = database;
  let packing: Promise<Uint8Array> | undefined;
  try {
    const source = rowSource(connection);
    const join = parquetJoin();
    const read = partReader(scratch);
    const names = columnNames(schema);
    // KV_METADATA goes in as JSON text: units and meanings come back with the numbers.
    const format = [
      "FORMAT parquet",
      "COMPRESSION zstd",
      `ROW_GROUP_SIZE ${mostGroupRows}`,
      `KV_METADATA {${sqlName(schemaKey)}: ${sqlText(schemaText(schema))}}`,
      "USE_TMP_FILE false",
    ].join(", ");
    for await (const group of groupRows(chunks, ({ columns }) => groupRowsOf(columns))) {
      const part = await packing;
      const columns = groupColumns(group, names, where);
      const { handedOver } = source.offer(columns, group);
      const selected = columns.map(({ stored }, i) => `${stored(`c${i}`)} AS ${sqlName(names[i])}`).join(", ");
      packing = run(connection, `COPY (SELECT ${selected} FROM offered()) TO ${sqlText(scratch)} (${format})`).then(
        read,
      );
      // It is awaited when the next group is there: until then its failure is nobody's.
      packing.catch(() => undefined);
      if (part !== undefined) yield join.add(part);
      await Promise.race([handedOver, packing]);
    }
    if (packing !== undefined) yield join.add(await packing);
    yield join.finish();
  } finally {
    await packing?.catch(() => undefined);
    database.close();
    await rm(scratch, { force: true });
  }
}

function groupRowsOf(columns: readonly Column[]): number {
  const rowBytes = columns.reduce((sum, column) => sum + (column instanceof Float64Array ? 8 : 4), 0);
  return Math.min(mostGroupRows, Math.max(1, Math.floor(groupBytes / rowBytes / vectorRows)) * vectorRows);
}

async function run(connection: DuckDBConnection, sql: string): Promise<void> {
  try {
    await connection.run(sql);
  } catch (error) {
    throw withSystemCode(error);
  }
}

/**
 * Reads a file whole, by turns into two memories that are used again: left
 * to the garbage collector, parts would pile up.
 */
function partReader(path: string): () => Promise<Uint8Array> {
  let [memory, other] = [new Uint8Array(0), new Uint8Array(0)];
  return async () => {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      [memory, other] = [other.length < size ? new Uint8Array(Math.ceil(1.125 * size)) : other, memory];
      for (let at = 0; at < size;) {
        const { bytesRead } = await file.read(memory, at, size - at, at);
        if (bytesRead === 0) throw new RangeError(`encodeParquet: ${path} must have ${size} bytes; got ${at}`);
        at += bytesRead;
      }
      return memory.subarray(0, size);
    } finally {
      await file.close();
    }
  };
}

interface RowSource {
  /** Makes the rows of a group what `offered()` gives next; `handedOver` once DuckDB has them all. */
  offer(columns: readonly GroupColumn[], group: readonly RowRange[]): { readonly handedOver: Promise<void> };
}

/**
 * A table function that hands rows to DuckDB as they lie in memory; through an appender they
 * would be stored in a table first.
 */
function rowSource(connection: DuckDBConnection): RowSource {
  const { DuckDBTableFunction } = duckDb();
  let types: readonly DuckDBType[] = [];
  let fill: (out: DuckDBDataChunk) => void = () => undefined;
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name: "offered",
      bindFunction: (info) => types.forEach((type, i) => info.addResultColumn(`c${i}`, type)),
      initFunction: (info) => info.setMaxThreads(1),
      mainFunction: (_, out) => fill(out),
    }),
  );
  return {
    offer(columns, group) {
      let resolve = (): void => undefined;
      const handedOver = new Promise<void>((done) => (resolve = done));
      types = columns.map(({ type }) => type);
      const rows = group.reduce((sum, { from, to }) => sum + to - from, 0);
      let row = 0;
      let range = 0;
      let from = group[0].from;
      fill = (out) => {
        const wanted = Math.min(vectorRows, rows - row);
        out.rowCount = wanted;
        // The values of a vector are private in its type, but setting them one by one takes ten times as long.
        const vectors = columns.map((_, i) => out.getColumnVector(i) as unknown as Vector);
        for (let filled = 0; filled < wanted;) {
          const { chunk, to } = group[range];
          const end = Math.min(to, from + wanted - filled);
          columns.forEach(({ copy }, i) => copy(chunk.columns[i], from, end, vectors[i].items, filled));
          filled += end - from;
          from = end;
          if (from === to) from = group[++range]?.from;
        }
        for (const vector of vectors) vector.flush();
        row += wanted;
        if (row === rows) resolve();
      };
      return { handedOver };
    },
  };
}

type Items = Float32Array | Float64Array | CategoryColumn["codes"];

interface Vector {
  readonly items: Items;
  flush(): void;
}

/** How one column of a group goes to DuckDB, and what becomes of it there. */
interface GroupColumn {
  readonly type: DuckDBType;
  /** SQL of the column as it is stored. NaN and -0 are left to DuckDB, which is quicker at them. */
  readonly stored: (column: string) => string;
  /** Copies rows `from` up to `to` of a chunk's column into a vector, from place `at`. */
  readonly copy: (column: Column, from: number, to: number, items: Items, at: number) => void;
}

function groupColumns(group: readonly RowRange[], names: readonly string[], where: string): GroupColumn[] {
  const { DOUBLE, ENUM, FLOAT } = duckDb();
  return names.map((name, i): GroupColumn => {
    const first = group[0].chunk.columns[i];
    if (!isCategory(first)) {
      const type = first instanceof Float32Array ? FLOAT : DOUBLE;
      return {
        type,
        stored: (column) => `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} + 0::${type.toString()} END`,
        copy: (column, from, to, items, at) => items.set((column as NumberColumn).subarray(from, to), at),
      };
    }
    const union = levelUnion();
    for (const { chunk } of group) (chunk.columns[i] as CategoryColumn).levels.forEach(union.codeOf);
    // DuckDB's texts end at such a letter, and then two may be the same, which kills the process.
    const broken = union.levels.find((level) => level.includes("\0"));
    if (broken !== undefined)
      throw new InputError({
        where: `${where}, column ${name}`,
        must: "a text must not hold the character U+0000",
        got: JSON.stringify(broken),
        mend: "take it out",
      });
    const missing = union.levels.length;
    return {
      type: ENUM([...union.levels, ""]),
      stored: (column) => `nullif(CAST(${column} AS VARCHAR), '')`,
      copy(column, from, to, items, at) {
        const { codes, levels } = column as CategoryColumn;
        const found = union.codesOf(levels);
        if (found.unchanged) return items.set(codes.subarray(from, to), at);
        for (let row = from; row < to; row++) {
          const code = found.codes[codes[row]];
          items[at++] = code === missingCode ? missing : code;
        }
      },
    };
  });
}
