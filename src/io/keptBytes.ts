import { existsSync } from "node:fs";
import { join } from "node:path";
import { readBytes } from "./readText.js";
import { writeAtomic } from "./writeAtomic.js";

/** Files of a folder by name, each of them whole or not there. */
export interface KeptBytes {
  /** In words, for messages. */
  readonly whereOf: (name: string) => string;
  /** Null where none was kept. @throws InputError if it cannot be read */
  readonly read: (name: string) => Promise<Uint8Array | null>;
  /** @throws InputError as writeAtomic; what stood there stands */
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
}

/** Bytes that are kept as soon as they are made, so that a computation that was killed goes on from them. */
export function keptBytes(folder: string): KeptBytes {
  const pathOf = (name: string): string => join(folder, name);
  return {
    whereOf: pathOf,
    read: async (name) => (existsSync(pathOf(name)) ? readBytes(pathOf(name)) : null),
    write: (name, bytes) => writeAtomic(pathOf(name), bytes),
  };
}
