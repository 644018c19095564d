/** Numbers as text that JSON carries, to the last bit: float64, lowest byte first, in base64. */
export function numbersText(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  // Some thousand arguments at a time: a call takes no more.
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return btoa(parts.join(""));
}

/**
 * The numbers that numbersText wrote.
 *
 * @throws RangeError if the text is no base64, or holds no whole number of float64
 */
export function textNumbers(text: string): Float64Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new RangeError(`textNumbers: a text must be base64; got "${text.slice(0, 20)}"`);
  }
  if (binary.length % 8 !== 0)
    throw new RangeError(`textNumbers: numbers have 8 bytes each; got ${binary.length} bytes`);
  const view = new DataView(Uint8Array.from(binary, (char) => char.charCodeAt(0)).buffer);
  return Float64Array.from({ length: binary.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}
