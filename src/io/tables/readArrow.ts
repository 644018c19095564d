import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type * as Arrow from "apache-arrow";
import { InputError } from "../../core/InputError.js";
import type { Field } from "../../core/Schema.js";
import type { Column } from "../../core/Table.js";
import { type ArrowValues, arrowValues } from "./arrowValues.js";
import {
  carriedAs,
  checkTimes,
  identifierNotes,
  inexactNote,
  mostWhole,
  notHeld,
  numberText,
  tooManyDigits,
} from "./carriedAs.js";
import type { CategoryBuilder } from "./categoryBuilder.js";
import { categoryBuilder } from "./categoryBuilder.js";
import { joinNumbers } from "./streamColumns.js";
import type { ReadColumns } from "./ReadColumns.js";
import { fieldOf, infiniteNumber } from "./ReadColumns.js";
import type { ReadTypedOptions, StreamTypedOptions } from "./readParquet.js";
import { schemaKey, storedSchema } from "./storedSchema.js";
import type { TableFault } from "./TableFault.js";
import { checkLimits } from "./tableLimits.js";

/**
 * The columns of an Arrow file or stream, batch by batch. Integers, booleans, decimals and durations
 * become Float64, days and times texts; dictionaries become their values.
 *
 * @throws InputError naming file, row, column and the mend
 */
export async function readArrow(path: string, where: string, options: ReadTypedOptions): Promise<ReadColumns> {
  for await (const whole of streamArrow(path, where, options)) return whole;
  throw new RangeError("readArrow: there must be a piece");
}

/**
 * The columns of the schema in an Arrow file, piece by piece, in memory that grows with its batches alone. Without
 * `leastRows` all columns, in one piece.
 *
 * @throws InputError as readArrow, once it is come upon
 */
export async function* streamArrow(
  path: string,
  where: string,
  { namesOf, limits, onNote, onFault, leastRows }: ReadTypedOptions & Partial<StreamTypedOptions>,
): AsyncGenerator<ReadColumns, void, undefined> {
  const isStream = leastRows !== undefined;
  const arrow = await import("apache-arrow");
  const file = await open(path);
  try {
    await checkEnd(file, where);
    const reader = await arrow.RecordBatchReader.from(file);
    await reader.open();
    // A file that is none has no schema, whatever the type says.
    const found = reader.schema as Arrow.Schema | undefined;
    if (found === undefined) throw new Error("no schema");
    const { names, schema } = namesOf(
      found.fields.map(({ name }) => name),
      storedSchema(found.metadata.get(schemaKey), where),
    );
    const read = found.fields.flatMap((column, place) => {
      const context = { name: names[place], field: fieldOf(schema, names[place]), where, onNote, onFault };
      return isStream && context.field === undefined ? [] : [{ place, column, context }];
    });
    const readers = (): ColumnReader[] => read.map(({ column, context }) => columnReader(arrow, column, context));
    let columns = readers();
    let [numRows, given] = [0, 0];
    const piece = (): ReadColumns => {
      const rows = numRows - given;
      const taken = Object.fromEntries(columns.map((column) => [column.name, column.finish(rows)]));
      [given, columns] = [numRows, readers()];
      return { columns: taken, schema, numRows: rows };
    };
    for await (const batch of reader) {
      // A stream holds a batch at a time, however many there are.
      checkLimits({ rows: numRows + batch.numRows, columns: isStream ? 0 : columns.length }, where, limits);
      columns.forEach((column, i) => column.add(batch.data.children[read[i].place], numRows));
      numRows += batch.numRows;
      if (isStream && numRows - given >= leastRows) yield piece();
    }
    if (numRows === 0 || numRows > given) yield piece();
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    const unknown = /Unrecognized type: "(\w+)"/.exec(error.message)?.[1];
    if (unknown !== undefined)
      throw new InputError({
        where,
        must: "every column must hold numbers or texts",
        got: unknown,
        mend: "drop or convert the column",
      });
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

interface ColumnContext {
  /** As it is called here. */
  readonly name: string;
  readonly field: Field | undefined;
  readonly where: string;
  readonly onNote: (note: string) => void;
  readonly onFault?: (fault: TableFault) => void;
}

/** @throws InputError if the column holds neither numbers nor texts, or not those of its field */
function columnReader(arrow: typeof Arrow, column: Arrow.Field, context: ColumnContext): ColumnReader {
  const { DataType } = arrow;
  const { name, field, where } = context;
  const type = column.type as Arrow.DataType;
  const inside = DataType.isDictionary(type) ? (type.dictionary as Arrow.DataType) : type;
  const values = arrowValues(arrow, inside, column.metadata.get("ARROW:extension:name"));
  if (values === undefined) throw notHeld(where, name, inWords(arrow, inside));
  if (DataType.isDecimal(inside) && inside.precision > 38) throw tooManyDigits(where, name, inside.precision);
  const isSingle = DataType.isFloat(inside) && inside.precision !== arrow.Precision.DOUBLE;
  const kind = { name, values, isSingle, isFloat: DataType.isFloat(inside) };
  const carried = carriedAs(values.held, { name, field, where, type: values.type });
  return carried === "text" ? textReader(arrow, kind, context) : numberReader(arrow, kind, context);
}

interface ColumnKind {
  readonly name: string;
  readonly values: ArrowValues;
  readonly isFloat: boolean;
  /** Whether its numbers are Float32 or shorter. */
  readonly isSingle: boolean;
}

function textReader(
  arrow: typeof Arrow,
  { name, values, isFloat, isSingle }: ColumnKind,
  { field, where, onNote, onFault }: ColumnContext,
): ColumnReader {
  const builder = categoryBuilder(field?.levels);
  const text = cellsOf(arrow, values.text);
  const number = cellsOf(arrow, values.number);
  const isNamed = field === undefined && (values.held === "number" || values.held === "boolean");
  return {
    name,
    add(data, firstRow) {
      if (!isFloat) {
        const at = text(data);
        for (let row = 0; row < data.length; row++) builder.add(at(row));
        return;
      }
      const at = number(data);
      for (let row = 0; row < data.length; row++) {
        const value = at(row) ?? Number.NaN;
        const isInfinite = Math.abs(value) === Infinity;
        if (isInfinite) infiniteNumber({ row: firstRow + row, name, value }, { where, onFault });
        builder.add(isInfinite || Number.isNaN(value) ? null : numberText(value, isSingle));
      }
    },
    finish() {
      const column = builder.finish();
      if (values.isTime) checkTimes(column, where, name);
      if (isNamed) identifierNotes(column, name).forEach(onNote);
      return column;
    },
  };
}

function numberReader(
  arrow: typeof Arrow,
  { name, values, isSingle }: ColumnKind,
  { field, where, onNote, onFault }: ColumnContext,
): ColumnReader {
  const Numbers = isSingle ? Float32Array : Float64Array;
  const pieces: (Float32Array | Float64Array)[] = [];
  const number = cellsOf(arrow, values.number);
  const text = cellsOf(arrow, values.text);
  const mayExceed = values.isLong && field === undefined;
  // Set once a whole number turns up that no Float64 carries; those before are exact.
  let builder: CategoryBuilder | undefined;
  return {
    name,
    add(data, firstRow) {
      const piece = new Numbers(data.length);
      fillNumbers(arrow, data, piece, number);
      if (mayExceed) {
        const at = text(data);
        const above = builder === undefined ? firstAbove(piece, at) : -1;
        if (above >= 0) {
          onNote(inexactNote(name, firstRow + above, at(above)!));
          builder = categoryBuilder();
          for (const before of pieces)
            for (const value of before) builder.add(Number.isNaN(value) ? null : String(value));
        }
        if (builder !== undefined) {
          for (let row = 0; row < data.length; row++) builder.add(at(row));
          return;
        }
      }
      for (let row = 0; row < piece.length; row++) {
        const value = piece[row];
        if (Math.abs(value) !== Infinity) continue;
        infiniteNumber({ row: firstRow + row, name, value }, { where, onFault });
        piece[row] = Number.NaN;
      }
      pieces.push(piece);
    },
    finish: (numRows) => builder?.finish() ?? joinNumbers(pieces, new Numbers(numRows)),
  };
}

/** Place of the first whole number above 2^53, -1 if there is none. */
function firstAbove(rounded: Float32Array | Float64Array, text: (row: number) => string | null): number {
  const most = Number(mostWhole);
  return rounded.findIndex((value, row) => {
    if (!(Math.abs(value) >= most)) return false;
    const exact = BigInt(text(row)!);
    return exact > mostWhole || exact < -mostWhole;
  });
}

/** Reads the cells of each batch; of a dictionary once, not once per row, nor per batch where batches share it. */
function cellsOf<T>(
  arrow: typeof Arrow,
  read: (data: Arrow.Data) => (row: number) => T,
): (data: Arrow.Data) => (row: number) => T | null {
  let before: Arrow.Vector | undefined;
  let cells: readonly T[] = [];
  return (data) => {
    if (data.dictionary === undefined || !arrow.DataType.isDictionary(data.type)) return read(data);
    if (data.dictionary !== before)
      cells = data.dictionary.data.flatMap((part: Arrow.Data) => {
        const at = read(part);
        return Array.from({ length: part.length }, (_, row) => at(row));
      });
    before = data.dictionary;
    const codes = data.values as ArrayLike<number | bigint>;
    return (row) => (data.getValid(row) ? cells[Number(codes[row])] : null);
  };
}

function fillNumbers(
  arrow: typeof Arrow,
  data: Arrow.Data,
  piece: Float32Array | Float64Array,
  cells: (data: Arrow.Data) => (row: number) => number | null,
): void {
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
  const at = cells(data);
  for (let row = 0; row < data.length; row++) piece[row] = at(row) ?? Number.NaN;
}

function inWords(arrow: typeof Arrow, type: Arrow.DataType): string {
  const { DataType } = arrow;
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)) return `lists (${type})`;
  const isBytes =
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isBinaryView(type) ||
    DataType.isFixedSizeBinary(type);
  return isBytes ? "bytes" : arrow.Type[type.typeId];
}
