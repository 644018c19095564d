import { CodeSlot, codeSlots, numberSlots } from "./layout.js";

/**
 * A piece of memory that holds whole columns of rows: an ArrayBuffer, or a SharedArrayBuffer that threads write into.
 */
export interface ColumnMemory {
  readonly rows: number;
  /** All columns in one. */
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** In the order of NumberSlot, then of CodeSlot. */
  readonly numbers: readonly Float32Array[];
  readonly codes: readonly (Uint8Array | Uint16Array)[];
  readonly faults: Uint8Array;
}

/**
 * One piece of memory for all columns of `rows` rows.
 *
 * @param options.shared  whether threads share it
 */
export function columnMemory(rows: number, { shared }: { readonly shared: boolean }): ColumnMemory {
  const bytes = rows * bytesPerRow;
  return columnsIn(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), rows);
}

/** A copy of its own that no thread writes into. */
export function unsharedCopy({ buffer, rows }: ColumnMemory): ColumnMemory {
  const copy = new ArrayBuffer(buffer.byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return columnsIn(copy, rows);
}

const isWide = Array.from({ length: codeSlots }, (_, slot) => isWideCode(slot));
const bytesPerRow = 4 * numberSlots + isWide.reduce((sum, is) => sum + (is ? 2 : 1), 0) + 1;

/** Numbers first, then words, then bytes: each begins where its kind may. */
function columnsIn(buffer: ArrayBuffer | SharedArrayBuffer, rows: number): ColumnMemory {
  let at = 0;
  const next = (size: number): number => {
    const begin = at;
    at += size;
    return begin;
  };
  const numbers = Array.from({ length: numberSlots }, () => new Float32Array(buffer, next(4 * rows), rows));
  const words = isWide.map((is) => (is ? new Uint16Array(buffer, next(2 * rows), rows) : null));
  const codes = words.map((column) => column ?? new Uint8Array(buffer, next(rows), rows));
  return { rows, buffer, numbers, codes, faults: new Uint8Array(buffer, next(rows), rows) };
}

/** Whether a category has more levels than a byte can number. */
export function isWideCode(slot: number): boolean {
  return slot === (CodeSlot.batch as number) || slot === (CodeSlot.date as number);
}
