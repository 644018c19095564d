import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../core/InputError.js";

/**
 * Makes a folder for files that are needed for a while; its maker removes it.
 *
 * @throws InputError if the system's folder for temporary files is missing or not writable
 */
export function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "cspbbr3-twin-"));
  } catch (error) {
    throw new InputError({
      where: tmpdir(),
      must: "the folder for temporary files must exist and be writable",
      got: (error as NodeJS.ErrnoException).code ?? (error as Error).message,
      mend: "create it, or set TMPDIR to another one",
    });
  }
}
