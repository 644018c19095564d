/** Kinds of arrays that are kept, all of them of numbers. */
const kinds = { Float64Array, Float32Array, Uint32Array, Int32Array, Uint16Array, Uint8Array };
type Kind = keyof typeof kinds;

/** An array of numbers as JSON carries it: bytes, lowest first, in base64. */
interface PackedNumbers {
  readonly numbers: Kind;
  readonly base64: string;
}

/**
 * Plain data with arrays of numbers as plain JSON, to the last bit.
 *
 * @param value  plain objects, lists, texts, numbers and typed arrays
 * @throws RangeError if there is an array of another kind (of 64-bit integers, say)
 */
export function packNumbers(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return packed(value);
  if (Array.isArray(value)) return value.map(packNumbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, packNumbers(one)]));
}

/**
 * What packNumbers packed.
 *
 * @throws RangeError if a packed array is damaged
 */
export function unpackNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpackNumbers);
  if (typeof value !== "object" || value === null) return value;
  if (isPacked(value)) return unpacked(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unpackNumbers(one)]));
}

function packed(array: ArrayBufferView): PackedNumbers {
  const kind = array.constructor.name;
  if (!Object.hasOwn(kinds, kind)) throw new RangeError(`packNumbers: an array of ${kind} cannot be kept`);
  const bytes = lowestFirst(new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice(), kind as Kind);
  // Some thousand arguments at a time: a call takes no more.
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return { numbers: kind as Kind, base64: btoa(parts.join("")) };
}

function unpacked({ numbers, base64 }: PackedNumbers): unknown {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    throw new RangeError(`unpackNumbers: numbers must be kept in base64; got "${base64.slice(0, 20)}"`);
  }
  const width = kinds[numbers].BYTES_PER_ELEMENT;
  if (binary.length % width !== 0)
    throw new RangeError(`unpackNumbers: numbers of ${width} bytes were expected; got ${binary.length} bytes`);
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return new kinds[numbers](lowestFirst(bytes, numbers).buffer);
}

function isPacked(value: object): value is PackedNumbers {
  const { numbers, base64 } = value as Partial<PackedNumbers>;
  return typeof base64 === "string" && typeof numbers === "string" && Object.hasOwn(kinds, numbers);
}

const machineIsLowestFirst = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function lowestFirst(bytes: Uint8Array<ArrayBuffer>, kind: Kind): Uint8Array<ArrayBuffer> {
  const width = kinds[kind].BYTES_PER_ELEMENT;
  if (!machineIsLowestFirst) for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  return bytes;
}
