import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { asWriteError } from "./writeAtomic.js";

/**
 * Makes a folder that can be written, before the work whose result goes there.
 *
 * @throws InputError if there can be none
 */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
  } catch (error) {
    throw asWriteError(path, error);
  }
}
