import type { ThriftList, ThriftStruct, ThriftValue } from "./thriftCompact.js";
import { readThrift, writeThrift } from "./thriftCompact.js";

/** Puts Parquet files of the same columns one behind the other, without unpacking them. */
export interface ParquetJoin {
  /**
   * The bytes of the whole that this part contributes, in their place: views of the part, which may be overwritten once
   * they are written.
   *
   * @throws RangeError if it is no Parquet file
   */
  add(part: Uint8Array): readonly Uint8Array[];
  /** The bytes that close the whole; texts and key-value metadata are those of the first part. */
  finish(): readonly Uint8Array[];
}

const magic = Buffer.from("PAR1");

/**
 * A Parquet file is row groups, then a footer that says where in the file each column of
 * each group lies. So row groups move as they are, and the footer is made of the footers of
 * the parts with every place shifted. Joining one part gives that part again, byte for byte.
 *
 * @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function parquetJoin(): ParquetJoin {
  let first: ThriftStruct | undefined;
  let position = magic.length;
  let rows = 0;
  // Encoded at once: parsed, the footers of a large file would take far more memory than its rows.
  const rowGroups: Uint8Array[] = [];
  return {
    add(part) {
      const tail = part.length - magic.length - 4;
      if (tail < magic.length || !magic.equals(part.subarray(-magic.length)))
        throw new RangeError("parquetJoin: the part must be a Parquet file");
      const end = tail - new DataView(part.buffer, part.byteOffset + tail).getUint32(0, true);
      // A copy: texts of a footer stay views of its bytes, and those of the first
      // part are needed when its memory holds another.
      const footer = readThrift(part.slice(end, tail));
      const head = first === undefined ? [magic] : [];
      first ??= footer;
      const shift = position - magic.length;
      for (const group of (valueOf(footer, fileFields.rowGroups) as ThriftList).items)
        rowGroups.push(writeThrift(movedGroup(group as ThriftStruct, shift, rowGroups.length)));
      rows += valueOf(footer, fileFields.rows) as number;
      position += end - magic.length;
      return [...head, part.subarray(magic.length, end)];
    },
    finish() {
      if (first === undefined) throw new RangeError("parquetJoin: there must be at least one part");
      const footer = writeThrift(
        mapped(first, {
          [fileFields.rows]: () => rows,
          [fileFields.rowGroups]: (groups) => ({ type: (groups as ThriftList).type, items: rowGroups }),
        }),
      );
      const length = Buffer.alloc(4);
      length.writeUInt32LE(footer.length);
      return [footer, length, magic];
    },
  };
}

// Fields by their numbers in parquet.thrift.
const fileFields = { rows: 3, rowGroups: 4 } as const;
const groupFields = { columns: 1, fileOffset: 5, ordinal: 7 } as const;
const chunkFields = { fileOffset: 2, metadata: 3, offsetIndex: 4, columnIndex: 6 } as const;
const columnFields = { dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14 } as const;

function movedGroup(group: ThriftStruct, shift: number, ordinal: number): ThriftStruct {
  // A place of zero says that there is none.
  const move = (place: ThriftValue): ThriftValue => (place === 0 ? 0 : (place as number) + shift);
  const movedColumn = (column: ThriftValue): ThriftValue =>
    mapped(column as ThriftStruct, {
      [columnFields.dataPage]: move,
      [columnFields.indexPage]: move,
      [columnFields.dictionaryPage]: move,
      [columnFields.bloomFilter]: move,
    });
  const movedChunk = (chunk: ThriftValue): ThriftValue =>
    mapped(chunk as ThriftStruct, {
      [chunkFields.fileOffset]: move,
      [chunkFields.metadata]: movedColumn,
      [chunkFields.offsetIndex]: move,
      [chunkFields.columnIndex]: move,
    });
  return mapped(group, {
    [groupFields.columns]: (chunks) => ({
      type: (chunks as ThriftList).type,
      items: (chunks as ThriftList).items.map(movedChunk),
    }),
    [groupFields.fileOffset]: move,
    [groupFields.ordinal]: () => ordinal,
  });
}

function valueOf(struct: ThriftStruct, id: number): ThriftValue {
  const field = struct.find((one) => one.id === id);
  if (field === undefined) throw new RangeError(`parquetJoin: the footer must have field ${id}`);
  return field.value;
}

function mapped(
  struct: ThriftStruct,
  changes: Readonly<Record<number, (value: ThriftValue) => ThriftValue>>,
): ThriftStruct {
  return struct.map((field) =>
    Object.hasOwn(changes, field.id) ? { ...field, value: changes[field.id](field.value) } : field,
  );
}
