/**
 * A field of a Protocol Buffers message as bytes: tag, then the value. Whole numbers are varints; texts, bytes and
 * inner messages (their fields in a list) go with their length before them.
 *
 * @param number  of the field in its message
 * @param value   a number must be whole and at least 0
 * @see Protocol Buffers, Encoding
 */
export function protobufField(number: number, value: number | string | Uint8Array | readonly Uint8Array[]): Uint8Array {
  if (typeof value === "number") return Uint8Array.from([...varint(number * 8), ...varint(value)]);
  const content =
    typeof value === "string" ? new TextEncoder().encode(value) : value instanceof Uint8Array ? value : joined(value);
  return joined([Uint8Array.from([...varint(number * 8 + 2), ...varint(content.length)]), content]);
}

/** Messages one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whole numbers from 0 as a packed field holds them, one after the other. */
export function varints(values: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(Array.from(values).flatMap(varint));
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number): number[] {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}
