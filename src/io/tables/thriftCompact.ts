/**
 * Thrift's compact protocol, as much of it as a Parquet footer needs: structs, lists and
 * their leaves. What is read and written again has the same bytes.
 *
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export interface ThriftField {
  readonly id: number;
  readonly type: number;
  /** Integers are numbers; texts and doubles are their bytes; a struct may also be its encoded bytes. */
  readonly value: ThriftValue;
}

export type ThriftStruct = readonly ThriftField[];

export interface ThriftList {
  readonly type: number;
  readonly items: readonly ThriftValue[];
}

export type ThriftValue = boolean | number | Uint8Array | ThriftStruct | ThriftList;

const types = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  struct: 12,
} as const;

/** @throws RangeError if the bytes are not a struct of the kinds above */
export function readThrift(bytes: Uint8Array): ThriftStruct {
  let at = 0;
  const byte = (): number => {
    if (at >= bytes.length) throw new RangeError("readThrift: the bytes end within a value");
    return bytes[at++];
  };
  const unsigned = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const next = byte();
      value += (next & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError("readThrift: an integer is too large");
      if (next < 128) return value;
    }
  };
  const signed = (): number => {
    const value = unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError("readThrift: the bytes end within a value");
    return bytes.subarray(at, (at += length));
  };
  const read = (type: number): ThriftValue => {
    switch (type) {
      case types.byte:
        return byte();
      case types.i16:
      case types.i32:
      case types.i64:
        return signed();
      case types.double:
        return take(8);
      case types.binary:
        return take(unsigned());
      case types.list:
        return list();
      case types.struct:
        return struct();
      default:
        throw new RangeError(`readThrift: there is no type ${type} in a Parquet footer`);
    }
  };
  const list = (): ThriftList => {
    const head = byte();
    const length = head >> 4 === 15 ? unsigned() : head >> 4;
    const type = head & 15;
    return { type, items: Array.from({ length }, () => (type <= types.false ? byte() === types.true : read(type))) };
  };
  const struct = (): ThriftStruct => {
    const fields: ThriftField[] = [];
    for (let id = 0; ;) {
      const head = byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? signed() : id + (head >> 4);
      const type = head & 15;
      fields.push({ id, type, value: type === types.true || type === types.false ? type === types.true : read(type) });
    }
  };
  return struct();
}

export function writeThrift(fields: ThriftStruct): Uint8Array {
  let out = new Uint8Array(1024);
  let at = 0;
  const reserve = (length: number): void => {
    if (at + length <= out.length) return;
    const larger = new Uint8Array(Math.max(2 * out.length, at + length));
    larger.set(out);
    out = larger;
  };
  const byte = (value: number): void => {
    reserve(1);
    out[at++] = value;
  };
  const put = (bytes: Uint8Array): void => {
    reserve(bytes.length);
    out.set(bytes, at);
    at += bytes.length;
  };
  const unsigned = (value: number): void => {
    for (; value >= 128; value = Math.floor(value / 128)) byte((value % 128) + 128);
    byte(value);
  };
  const signed = (value: number): void => {
    unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  };
  const write = (type: number, value: ThriftValue): void => {
    if (type === types.byte) byte(value as number);
    else if (typeof value === "number") signed(value);
    else if (value instanceof Uint8Array) {
      if (type === types.binary) unsigned(value.length);
      put(value);
    } else if (type === types.list) list(value as ThriftList);
    else struct(value as ThriftStruct);
  };
  const list = ({ type, items }: ThriftList): void => {
    byte((Math.min(items.length, 15) << 4) | type);
    if (items.length >= 15) unsigned(items.length);
    for (const item of items) {
      if (typeof item === "boolean") byte(item ? types.true : types.false);
      else write(type, item);
    }
  };
  const struct = (struct: ThriftStruct): void => {
    let before = 0;
    for (const { id, type, value } of struct) {
      const step = id - before;
      byte(((step > 0 && step < 16 ? step : 0) << 4) | type);
      if (step <= 0 || step >= 16) signed(id);
      if (typeof value !== "boolean") write(type, value);
      before = id;
    }
    byte(0);
  };
  struct(fields);
  return out.subarray(0, at);
}
