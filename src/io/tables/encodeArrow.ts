import { columnNames } from "../../core/columnNames.js";
import type * as Arrow from "apache-arrow";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";
import type { CategoryColumn, Column, NumberColumn } from "../../core/Table.js";
import { schemaKey, schemaText } from "./storedSchema.js";
import type { RowRange } from "./groupRows.js";
import { groupRows } from "./groupRows.js";
import { levelUnion, missingCode, unseenCode } from "./levelUnion.js";
import type { Chunk, EncodeOptions } from "./TableEncoder.js";

/**
 * Rows of a record batch. Chunks of as many rows are the quickest: where nothing is missing
 * and nothing zero, their memory is written as it lies. Larger batches spill out of the
 * processor's cache, smaller ones spend their time on describing themselves.
 */
const batchRows = 16_384;

/**
 * Arrow's file format, uncompressed. Categories are dictionaries; texts that first appear in
 * a later batch are added to them as delta dictionaries.
 */
export async function* encodeArrow(
  chunks: AsyncIterable<Chunk>,
  { schema, where }: EncodeOptions,
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  const arrow = await import("apache-arrow");
  let writer: BatchWriter | undefined;
  for await (const group of groupRows(chunks, () => batchRows)) {
    writer ??= batchWriter(arrow, schema, group[0].chunk.columns, where);
    yield writer.write(group);
  }
  if (writer !== undefined) yield writer.finish();
}

interface BatchWriter {
  write(group: readonly RowRange[]): readonly Uint8Array[];
  finish(): readonly Uint8Array[];
}

function batchWriter(arrow: typeof Arrow, schema: Schema, first: readonly Column[], where: string): BatchWriter {
  const names = columnNames(schema);
  const columns = names.map((name, i) =>
    schema[name].kind === "category"
      ? categoryEncoder(arrow, i, schema[name].levels, `${where}, column ${name}`)
      : numberEncoder(arrow, first[i] instanceof Float32Array),
  );
  const fields = names.map((name, i) => new arrow.Field(name, columns[i].type, true));
  const arrowSchema = new arrow.Schema(fields, new Map([[schemaKey, schemaText(schema)]]));
  const struct = new arrow.Struct(fields);
  let pieces: Uint8Array[] = [];
  const queue = new arrow.AsyncByteQueue();
  queue.write = (bytes) => {
    const view = bytes as Uint8Array;
    if (view.byteLength > 0) pieces.push(view);
  };
  const take = (): readonly Uint8Array[] => {
    const taken = pieces;
    pieces = [];
    return taken;
  };
  const writer = new arrow.RecordBatchFileWriter();
  writer.reset(queue, arrowSchema);
  let batches = 0;
  return {
    write(group) {
      const length = group.reduce((sum, { from, to }) => sum + to - from, 0);
      const turn = batches++ % 2;
      const children = columns.map((column, i) => column.encode(group, i, length, turn));
      writer.write(
        new arrow.RecordBatch(arrowSchema, arrow.makeData({ type: struct, length, nullCount: 0, children })),
      );
      return take();
    },
    finish() {
      writer.finish();
      return take();
    },
  };
}

/** Makes one column of a record batch. */
interface ColumnEncoder {
  readonly type: Arrow.DataType;
  /** `turn` is 0 and 1 in turns: memory is used again at every other batch, see TableEncoder. */
  encode(group: readonly RowRange[], column: number, length: number, turn: number): Arrow.Data;
}

function numberEncoder(arrow: typeof Arrow, isSingle: boolean): ColumnEncoder {
  const type = isSingle ? new arrow.Float32() : new arrow.Float64();
  const Numbers = isSingle ? Float32Array : Float64Array;
  const memory = twice(() => ({ values: new Numbers(batchRows), validity: newValidity() }));
  return {
    type,
    encode(group, column, length, turn) {
      const isPlain = group.every(({ chunk }) => chunk.plain[column]);
      if (isPlain && group.length === 1) {
        const [{ chunk, from, to }] = group;
        return arrow.makeData({
          type,
          length,
          nullCount: 0,
          data: (chunk.columns[column] as NumberColumn).subarray(from, to),
        });
      }
      const { values, validity } = memory(turn);
      let at = 0;
      for (const { chunk, from, to } of group) {
        values.set((chunk.columns[column] as NumberColumn).subarray(from, to), at);
        at += to - from;
      }
      const data = values.subarray(0, length);
      return arrow.makeData({ type, length, data, ...(isPlain ? { nullCount: 0 } : mendNumbers(data, validity)) });
    },
  };
}

function categoryEncoder(
  arrow: typeof Arrow,
  id: number,
  fieldLevels: readonly string[] | undefined,
  where: string,
): ColumnEncoder {
  const union = levelUnion(fieldLevels);
  // The width of the codes is settled before the rows are known: a field that names its levels will
  // see few others, any other field may see many.
  const codeBytes =
    fieldLevels === undefined || union.levels.length > 2 ** 15 ? 4 : union.levels.length > 2 ** 7 ? 2 : 1;
  const most = 2 ** (8 * codeBytes - 1);
  const Codes = codeBytes === 1 ? Int8Array : codeBytes === 2 ? Int16Array : Int32Array;
  const index = codeBytes === 1 ? new arrow.Int8() : codeBytes === 2 ? new arrow.Int16() : new arrow.Int32();
  const type = new arrow.Dictionary(new arrow.Utf8(), index, id);
  const memory = twice(() => ({ codes: new Codes(batchRows), validity: newValidity() }));
  const texts = (levels: readonly string[]): Arrow.Data<Arrow.Utf8> =>
    arrow.vectorFromArray(levels, new arrow.Utf8()).data[0];
  let dictionary = new arrow.Vector([texts(union.levels)]);
  return {
    type,
    encode(group, column, length, turn) {
      const only = group[0].chunk.columns[column] as CategoryColumn;
      if (group.length === 1 && only.codes.BYTES_PER_ELEMENT === codeBytes && union.codesOf(only.levels).unchanged) {
        const { buffer, byteOffset } = only.codes.subarray(group[0].from);
        return arrow.makeData({
          type,
          length,
          nullCount: 0,
          data: new Codes(buffer as ArrayBuffer, byteOffset, length),
          dictionary,
        });
      }
      const { codes, validity } = memory(turn);
      let at = 0;
      let isMissing = false;
      for (const { chunk, from, to } of group) {
        const { codes: before, levels } = chunk.columns[column] as CategoryColumn;
        const found = union.codesOf(levels).codes;
        for (let row = from; row < to; row++) {
          let code = found[before[row]];
          // Texts enter the dictionary when a row has them, not when a chunk
          // lists them: chunks may list them as they like.
          if (code === unseenCode) code = found[before[row]] = union.codeOf(levels[before[row]]);
          if (code === missingCode) isMissing = true;
          codes[at++] = code;
        }
      }
      if (union.levels.length > most)
        throw new InputError({
          where,
          must: `must have at most ${most} different texts`,
          got: "more",
          mend: "list all its levels in the schema, or none",
        });
      if (union.levels.length > dictionary.length)
        dictionary = new arrow.Vector([...dictionary.data, texts(union.levels.slice(dictionary.length))]);
      const data = codes.subarray(0, length);
      return arrow.makeData({
        type,
        length,
        data,
        dictionary,
        ...(isMissing ? mendCodes(data, validity) : { nullCount: 0 }),
      });
    },
  };
}

/** Memory for even and for odd batches, made when it is first needed. */
function twice<T>(make: () => T): (turn: number) => T {
  const both: (T | undefined)[] = [];
  return (turn) => (both[turn] ??= make());
}

function newValidity(): Uint8Array {
  return new Uint8Array(batchRows / 8);
}

interface Nulls {
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

/** Zeros for missing numbers and for -0, and a bit for every number that is there. */
function mendNumbers(values: NumberColumn, validity: Uint8Array): Nulls {
  let nullCount = 0;
  for (let start = 0; start < values.length; start += 8) {
    const end = Math.min(start + 8, values.length);
    let bits = 0;
    for (let row = start; row < end; row++) {
      const value = values[row];
      if (Number.isNaN(value)) {
        values[row] = 0;
        nullCount++;
      } else {
        values[row] = value + 0;
        bits |= 1 << (row - start);
      }
    }
    validity[start >> 3] = bits;
  }
  return nulls(nullCount, validity, values.length);
}

/** The same for codes, where the missing one is below zero. */
function mendCodes(codes: Int8Array | Int16Array | Int32Array, validity: Uint8Array): Nulls {
  let nullCount = 0;
  for (let start = 0; start < codes.length; start += 8) {
    const end = Math.min(start + 8, codes.length);
    let bits = 0;
    for (let row = start; row < end; row++) {
      if (codes[row] < 0) {
        codes[row] = 0;
        nullCount++;
      } else bits |= 1 << (row - start);
    }
    validity[start >> 3] = bits;
  }
  return nulls(nullCount, validity, codes.length);
}

function nulls(nullCount: number, validity: Uint8Array, length: number): Nulls {
  if (nullCount === 0) return { nullCount };
  const bytes = Math.ceil(length / 8);
  const padded = Math.ceil(bytes / 8) * 8;
  validity.fill(0, bytes, padded);
  return { nullCount, nullBitmap: validity.subarray(0, padded) };
}
