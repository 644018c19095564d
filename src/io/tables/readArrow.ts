import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type * as Arrow from "apache-arrow";
import { InputError } from "../../core/InputError.js";
import type { Schema } from "../../core/Schema.js";
import type { Column } from "../../core/Table.js";
import type { CategoryBuilder } from "./categoryBuilder.js";
import { categoryBuilder } from "./categoryBuilder.js";
import { joinNumbers } from "./collectColumns.js";
import type { ReadColumns } from "./ReadColumns.js";
import { checkKind, checkNames, fieldOf, infiniteNumber } from "./ReadColumns.js";
import { schemaKey, storedSchema } from "./storedSchema.js";

/**
 * The columns of an Arrow file or stream, batch by batch. Integers, booleans and decimals
 * become Float64; dictionaries become their values.
 *
 * @throws InputError naming file, row, column and the mend
 */
export async function readArrow(
  path: string,
  where: string,
  wantedSchema: Schema | undefined,
  unknown: "refuse" | "keep",
): Promise<ReadColumns> {
  const arrow = await import("apache-arrow");
  const file = await open(path);
  try {
    await checkEnd(file, where);
    const reader = await arrow.RecordBatchReader.from(file);
    await reader.open();
    // A file that is none has no schema, whatever the type says.
    const found = reader.schema as Arrow.Schema | undefined;
    if (found === undefined) throw new Error("no schema");
    const schema = wantedSchema ?? storedSchema(found.metadata.get(schemaKey), where);
    checkNames(
      found.fields.map(({ name }) => name),
      schema,
      where,
      unknown,
    );
    const columns = found.fields.map((field) =>
      columnReader(arrow, field.name, field.type as Arrow.DataType, schema, where),
    );
    let numRows = 0;
    for await (const batch of reader) {
      columns.forEach((column, i) => column.add(batch.data.children[i], numRows));
      numRows += batch.numRows;
    }
    return {
      columns: Object.fromEntries(columns.map((column) => [column.name, column.finish(numRows)])),
      schema,
      numRows,
    };
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    const packed = error.message.includes("codec not found");
    throw new InputError({
      where,
      must: packed ? "must be an Arrow file without compression" : "must be a whole Arrow file",
      got: packed ? "a compressed one" : error.message.split("\n")[0],
      mend: packed
        ? "write it again without compression"
        : "the file is cut short or damaged: write or download it again",
    });
  } finally {
    await file.close();
  }
}

/** The reader takes a file that was cut between two batches for a whole one: both formats end with a mark. */
async function checkEnd(file: FileHandle, where: string): Promise<void> {
  const { size } = await file.stat();
  const magic = Buffer.from("ARROW1");
  const { buffer: head } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
  const isFile = head.equals(magic);
  const mark = isFile ? magic : Buffer.alloc(4);
  const { buffer: tail } = await file.read(Buffer.alloc(mark.length), 0, mark.length, Math.max(0, size - mark.length));
  if (!tail.equals(mark))
    throw new InputError({
      where,
      must: "must be a whole Arrow file",
      got: "no mark at its end",
      mend: "the file is cut short or damaged: write or download it again",
    });
}

interface ColumnReader {
  readonly name: string;
  /** Takes the values of one batch, the first of which has row `firstRow`. */
  add(data: Arrow.Data, firstRow: number): void;
  finish(numRows: number): Column;
}

/** @throws InputError if the column holds neither numbers nor texts, or not those of its field */
function columnReader(
  arrow: typeof Arrow,
  name: string,
  type: Arrow.DataType,
  schema: Schema | undefined,
  where: string,
): ColumnReader {
  const { DataType } = arrow;
  const field = fieldOf(schema, name);
  const values = valueType(arrow, type);
  // A column that is missing as a whole has no type of its own.
  const isNumber = DataType.isNull(values)
    ? field?.kind === "number"
    : DataType.isInt(values) || DataType.isFloat(values) || DataType.isBool(values) || DataType.isDecimal(values);
  const isText =
    DataType.isUtf8(values) || DataType.isLargeUtf8(values) || DataType.isUtf8View(values) || DataType.isNull(values);
  const here = `${where}, column ${name}`;
  if (!isNumber && !isText)
    throw new InputError({
      where: here,
      must: "must hold numbers or texts",
      got: arrow.Type[type.typeId],
      mend: "convert or drop the column",
    });
  checkKind(isNumber, field, here, arrow.Type[values.typeId]);
  if (!isNumber) {
    const builder = categoryBuilder(field?.levels);
    const textsOf = dictionaryTexts();
    return { name, add: (data) => addTexts(arrow, data, builder, textsOf), finish: () => builder.finish() };
  }
  const Numbers = DataType.isFloat(values) && values.precision !== arrow.Precision.DOUBLE ? Float32Array : Float64Array;
  const pieces: (Float32Array | Float64Array)[] = [];
  return {
    name,
    add(data, firstRow) {
      const piece = new Numbers(data.length);
      fillNumbers(arrow, data, piece);
      const infinite = piece.findIndex((value) => Math.abs(value) === Infinity);
      if (infinite >= 0) throw infiniteNumber(where, firstRow + infinite, name, piece[infinite]);
      pieces.push(piece);
    },
    finish: (numRows) => joinNumbers(pieces, new Numbers(numRows)),
  };
}

/** Type of the values, which a dictionary holds apart. */
function valueType(arrow: typeof Arrow, type: Arrow.DataType): Arrow.DataType {
  return arrow.DataType.isDictionary(type) ? (type.dictionary as Arrow.DataType) : type;
}

function addTexts(
  arrow: typeof Arrow,
  data: Arrow.Data,
  builder: CategoryBuilder,
  textsOf: (dictionary: Arrow.Vector) => readonly (string | null)[],
): void {
  if (data.dictionary === undefined || !arrow.DataType.isDictionary(data.type)) {
    const vector = new arrow.Vector([data]);
    for (let row = 0; row < data.length; row++) builder.add(vector.get(row) as string | null);
    return;
  }
  const texts = textsOf(data.dictionary);
  const codes = data.values as ArrayLike<number | bigint>;
  for (let row = 0; row < data.length; row++) builder.add(data.getValid(row) ? texts[Number(codes[row])] : null);
}

/** Decodes a dictionary's texts once, not once per row, nor per batch where batches share it. */
function dictionaryTexts(): (dictionary: Arrow.Vector) => readonly (string | null)[] {
  let before: Arrow.Vector | undefined;
  let texts: readonly (string | null)[] = [];
  return (dictionary) => {
    if (dictionary !== before) texts = Array.from(dictionary, (text) => text as string | null);
    before = dictionary;
    return texts;
  };
}

function fillNumbers(arrow: typeof Arrow, data: Arrow.Data, piece: Float32Array | Float64Array): void {
  const { DataType } = arrow;
  const { type } = data;
  const isBare =
    (DataType.isInt(type) && type.bitWidth < 64) || (DataType.isFloat(type) && type.precision !== arrow.Precision.HALF);
  if (isBare) {
    piece.set((data.values as Float32Array).subarray(0, data.length));
    if (data.nullCount > 0)
      for (let row = 0; row < data.length; row++) if (!data.getValid(row)) piece[row] = Number.NaN;
    return;
  }
  const values = valueType(arrow, type);
  const asNumber = DataType.isDecimal(values)
    ? (value: unknown) => decimalNumber(value as Uint32Array, values.scale)
    : Number;
  const vector = new arrow.Vector([data]);
  for (let row = 0; row < data.length; row++) {
    const value: unknown = vector.get(row);
    piece[row] = value === null ? Number.NaN : asNumber(value);
  }
}

/** A decimal is a signed integer in little-endian words and a power of ten. */
function decimalNumber(words: Uint32Array, scale: number): number {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return Number(`${BigInt.asIntN(32 * words.length, unsigned)}e${-scale}`);
}
