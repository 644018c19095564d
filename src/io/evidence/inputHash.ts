import { stat } from "node:fs/promises";
import { filesBelow } from "../filesBelow.js";
import { projectPath } from "../projectPath.js";
import { sha256, sha256File } from "../sha256.js";

/**
 * SHA-256 of an input of evidence: of a file's bytes, or of the names and bytes of all files below a folder, so that
 * one line stands for many files. Hidden files and Python's caches in a folder do not count: git ignores them.
 *
 * @param input  path from the project root
 */
export async function inputHash(input: string): Promise<string> {
  const path = projectPath(input);
  if (!(await stat(path)).isDirectory()) return sha256File(path);
  const lines: string[] = [];
  // One after the other: thousands of open files are more than some machines allow.
  for (const name of (await filesBelow(path)).filter(isCounted))
    lines.push(`${await sha256File(projectPath(input, name))} ${name}`);
  return sha256(lines.join("\n"));
}

function isCounted(name: string): boolean {
  return !/(?:^|\/)(?:\.|__pycache__\/)/.test(name);
}
