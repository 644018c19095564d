import { readFile } from "node:fs/promises";
import { writeAtomic } from "./writeAtomic.js";

/** Copies a file whole or not at all. @throws InputError as writeAtomic */
export async function copyAtomic(from: string, to: string): Promise<void> {
  await writeAtomic(to, await readFile(from));
}
