import { driftRoom } from "./driftProgram.js";

/** From so many numbers on, dealing them by their bits is faster than comparing them. */
const leastDealt = 400;

/**
 * Numbers in ascending order, a copy: what `Float64Array.from(values).sort()` gives, in a sixth of the time. -0 comes
 * before 0, NaN last.
 */
export function sortedNumbers(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return values.length < leastDealt ? new Float64Array(values).sort() : dealtNumbers(values);
}

const countBytes = 3 * 2048 * 4;

/** The same of any count, by radix sort in WebAssembly. @throws InputError if the program was not built */
export function dealtNumbers(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const bytes = 8 * values.length;
  const { program, buffer, at } = driftRoom(countBytes, bytes, bytes);
  const [counts, numbers, spare] = at;
  new Float64Array(buffer, numbers, values.length).set(values);
  // Addresses beyond 2 GiB come back as negative numbers.
  const sorted = program.sort(numbers, spare, counts, values.length) >>> 0;
  return new Float64Array(buffer, sorted, values.length).slice();
}
