import { resolve } from "node:path";
import { InputError } from "../core/InputError.js";

/**
 * Keeps a verb from writing over what it reads.
 *
 * @param read  files that are read; undefined are those that were not named
 * @param mustBe  what messages say of the output
 * @throws InputError if the output is one of them
 */
export function requireOtherFile(out: string, read: readonly (string | undefined)[], mustBe: string): void {
  if (!read.some((path) => path !== undefined && resolve(path) === resolve(out))) return;
  throw new InputError({ where: "--out", must: mustBe, got: `"${out}"`, mend: "name a new file" });
}
