import { normalQuantile } from "../../core/statistics/normalQuantile.js";
import { readWasmAtOnce } from "../../io/readWasm.js";

/** What assembly/drift.ts exports; numbers are addresses, counts and values as they are named there. */
export interface DriftProgram {
  sort(values: number, spare: number, counts: number, length: number): number;
  walk(there: number, m: number, here: number, n: number, known: number, scores: number, out: number): void;
  moments(there: number, m: number, here: number, n: number, scores: number, out: number): void;
  permute(
    order: number,
    count: number,
    size: number,
    rows: number,
    most: number,
    below: number,
    key0: number,
    key1: number,
    limit: number,
    draws: number,
    stopAfter: number,
    room: number,
    out: number,
  ): void;
}

/** The program, and memory for one call of it: what the next call lays there overwrites it. */
export interface DriftRoom {
  readonly program: DriftProgram;
  readonly buffer: ArrayBuffer;
  /** Where the parts that were asked for begin, on whole numbers of 8 bytes. */
  readonly at: readonly number[];
}

const page = 65536;
let loaded: { readonly program: DriftProgram; readonly memory: WebAssembly.Memory } | undefined;

/**
 * Room for parts of so many bytes each.
 *
 * @throws InputError if the program was not built
 */
export function driftRoom(...bytes: readonly number[]): DriftRoom {
  loaded ??= load();
  const { program, memory } = loaded;
  // Below the second page lie the compiler's constants.
  let top = page;
  const at = bytes.map((size) => {
    const begin = top;
    top += 8 * Math.ceil(size / 8);
    return begin;
  });
  const lacking = top - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / page));
  return { program, buffer: memory.buffer, at };
}

function load(): NonNullable<typeof loaded> {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const scoreOf = (places: number, rows: number): number => normalQuantile(places / 2 / (rows + 1));
  const { exports } = new WebAssembly.Instance(readWasmAtOnce("drift"), { env: { memory, scoreOf } });
  return { program: exports as unknown as DriftProgram, memory };
}
