import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A path inside the project, wherever the command was started. */
export function projectPath(...parts: readonly string[]): string {
  return join(root, ...parts);
}

/**
 * Where figures, evidence and executed notebooks are written: the project itself,
 * or the folder in TWIN_OUTPUT, which the headless runner sets so that a run
 * that fails or only verifies leaves the project as it was.
 */
export function outputPath(...parts: readonly string[]): string {
  return join(process.env.TWIN_OUTPUT ?? root, ...parts);
}

/** Path from the project root with forward slashes, as evidence and messages name files. */
export function projectName(path: string): string {
  const inside = relative(root, resolve(path));
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}
