/**
 * A field of a Protocol Buffers message as bytes: tag, then the value. Whole numbers are varints; texts, bytes and
 * inner messages (their fields in a list) go with their length before them.
 *
 * @param number  of the field in its message
 * @param value   a number must be whole and at least 0
 * @see Protocol Buffers, Encoding
 */
export function protobufField(number: number, value: number | string | Uint8Array | readonly Uint8Array[]): Uint8Array {
  if (typeof value === "number") return Buffer.from([...varint(number * 8), ...varint(value)]);
  const content =
    typeof value === "string" ? Buffer.from(value, "utf8") : value instanceof Uint8Array ? value : Buffer.concat(value);
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(content.length)]), content]);
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number): number[] {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}
