import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../core/InputError.js";
import { ownerOf, ownPrefix } from "./withTemporary.js";

/**
 * Makes a folder for files that are needed for a while; its maker removes it. Those of makers that were killed outright
 * go when the next process of this machine makes its first.
 *
 * @throws InputError if the system's folder for temporary files is missing or not writable
 */
export function temporaryFolder(): string {
  try {
    removeLeftovers();
    return mkdtempSync(join(tmpdir(), ownPrefix()));
  } catch (error) {
    throw new InputError({
      where: tmpdir(),
      must: "the folder for temporary files must exist and be writable",
      got: (error as NodeJS.ErrnoException).code ?? (error as Error).message,
      mend: "create it, or set TMPDIR to another one",
    });
  }
}

/** The folder that leftovers were looked for in. */
let looked = "";

function removeLeftovers(): void {
  const folder = tmpdir();
  if (looked === folder) return;
  looked = folder;
  for (const name of readdirSync(folder).filter((one) => ownerOf(one) === "ended")) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Another user's, who removes it in turn.
    }
  }
}
