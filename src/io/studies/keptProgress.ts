import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "../readText.js";
import { headOf, isSealed, type LineHead, sealedLine } from "../requests/logLine.js";
import { sha256 } from "../sha256.js";
import { writeAtomic } from "../writeAtomic.js";
import { placesOf } from "./followWriters.js";

/** How far a piece of work had come. */
export interface KeptProgress {
  readonly head: LineHead;
  readonly bytes: Uint8Array;
}

/** Null where nothing was kept, or it is damaged: the work then begins anew. */
export async function readProgress(folder: string, number: number): Promise<KeptProgress | null> {
  const all = await readBytes(pathOf(folder, number)).catch(() => null);
  const end = all?.indexOf(10) ?? -1;
  if (all === null || end < 0 || !isSealed(all.subarray(0, end))) return null;
  const { hash, ...head } = headOf(all.subarray(0, end), []);
  // A copy, so that it begins where numbers of any kind may begin.
  const bytes = Uint8Array.from(all.subarray(end + 1));
  return sha256(bytes) === hash ? { head, bytes } : null;
}

/** Keeps how far a piece of work has come, whole or not at all. @throws InputError as writeAtomic */
export async function writeProgress(folder: string, number: number, { head, bytes }: KeptProgress): Promise<void> {
  await writeAtomic(pathOf(folder, number), Buffer.concat([sealedLine({ ...head, hash: sha256(bytes) }), bytes]));
}

/** Of a piece that has ended. */
export async function dropProgress(folder: string, number: number): Promise<void> {
  await rm(pathOf(folder, number), { force: true }).catch(() => undefined);
}

/** Of all pieces below a number, which have ended: a slow process may have kept one that another had done. */
export async function dropAllProgress(folder: string, below: number): Promise<void> {
  for (const name of await readdir(placesOf(folder).kept).catch(() => []))
    if (Number.parseInt(name, 10) < below) await dropProgress(folder, Number.parseInt(name, 10));
}

const pathOf = (folder: string, number: number): string => join(placesOf(folder).kept, `${number}.bin`);
