import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { readEvidenceFile } from "../../io/evidence/evidenceFiles.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readBytes } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";

/**
 * Evidence by name and hash, "id@SHA-256": who reads it later knows whether it is still what was relied upon.
 *
 * @param named  each the id of a file in data/evidence, or a path
 * @throws InputError if one is not there, or is called like evidence and is none
 */
export function evidenceMarks(named: readonly string[]): Promise<readonly string[]> {
  return Promise.all([...new Set(named)].map(markOf));
}

async function markOf(named: string): Promise<string> {
  const own = projectPath("data", "evidence", `${named}.json`);
  const isId = /^[\w-]+$/.test(named) && existsSync(own);
  if (isId) await readEvidenceFile(own);
  else if (!existsSync(named))
    throw new InputError({
      where: "--evidence",
      must: "must be the id of a file in data/evidence, or a file",
      got: `"${named}"`,
      mend: "write for example 06-calibration-sets, or the path of a report",
    });
  return `${isId ? named : projectName(named)}@${sha256(await readBytes(isId ? own : named))}`;
}
