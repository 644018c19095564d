import { projectName } from "../projectPath.js";
import { readText } from "../readText.js";
import { sha256 } from "../sha256.js";
import { sourceFiles } from "./sourceFiles.js";

/**
 * SHA-256 over the sources behind a result. Names and contents (comments too) count, timestamps do not, so the hash
 * is the same on every machine. Versions of installed packages are not in it.
 *
 * @param source        one source or several, as `sourceFiles` reads them: "src/core/sum.ts" or "src"
 * @param options.read  how a file is read: `readOnce()` where many hashes are wanted in one pass
 * @throws InputError if a source, or a file that one imports, is not there
 */
export async function sourceHash(
  source: string | readonly string[],
  { read = readText }: { readonly read?: (path: string) => Promise<string> } = {},
): Promise<string> {
  const files = await sourceFiles([source].flat(), { read });
  const parts = await Promise.all(Array.from(files, async (file) => `${projectName(file)}\n${await read(file)}`));
  return sha256(parts.sort().join("\n"));
}
