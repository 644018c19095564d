import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { requireWritable } from "../../io/writeAtomic.js";
import { writeFirst } from "../../io/writeFirst.js";
import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import { writeOptunaJournal } from "../../tuning/files/writeOptunaJournal.js";
import { naming } from "./naming.js";

/** Says before long work that a file could not be written after it. @throws InputError naming the option */
export async function requireNewFile(option: string, path: string): Promise<void> {
  if (existsSync(path)) throw standing(option, path);
  await naming(option, () => requireWritable(path));
}

/**
 * Writes a study as a journal of Optuna, whole or not at all, and never in the place of another file.
 *
 * @throws InputError naming the option if a file stands there, or it cannot be written
 */
export async function writeJournal(option: string, path: string, study: StudyRecord): Promise<void> {
  const folder = { folder: "a journal", mend: "choose another folder" };
  if (!(await naming(option, () => writeFirst(path, writeOptunaJournal(study), folder)))) throw standing(option, path);
}

function standing(option: string, path: string): InputError {
  return new InputError({
    where: `${option} ${projectName(path)}`,
    must: "must be a new file: Optuna may be writing to the journal that stands there, and what it found would be lost",
    got: "one that is there",
    mend: "name another file, or remove it first",
  });
}
