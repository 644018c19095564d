import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectName, projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { sha256 } from "../sha256.js";
import { type WasmName, wasmPrograms } from "../wasmPrograms.js";

/**
 * SHA-256 over the sources behind a result: a source file with all it imports from this
 * project and the AssemblyScript of programs it reads, or every file of a folder. Names and contents (comments too) count, timestamps do
 * not, so the hash is the same on every machine. Imports of types alone are left out: they are
 * gone when the code runs. Versions of installed packages are not in it.
 *
 * @param source        path from the project root, "src/analyses/01-experiments/phasesByRatio.ts" or "src"
 * @param options.read  how a file is read: `readOnce()` where many hashes are wanted in one pass
 */
export async function sourceHash(
  source: string,
  { read = readText }: { readonly read?: (path: string) => Promise<string> } = {},
): Promise<string> {
  const path = projectPath(source);
  const files = (await stat(path)).isDirectory() ? await filesBelow(path) : await importClosure(path, read);
  const parts = await Promise.all(Array.from(files, async (file) => `${projectName(file)}\n${await read(file)}`));
  return sha256(parts.sort().join("\n"));
}

async function importClosure(entry: string, read: (path: string) => Promise<string>): Promise<Set<string>> {
  const seen = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!file.endsWith(".ts")) return;
    const code = await read(file);
    for (const folder of assemblyFolders(code)) for (const source of await filesBelow(folder)) await visit(source);
    for (const imported of relativeImports(code)) await visit(join(dirname(file), sourceOf(imported)));
  };
  await visit(entry);
  return seen;
}

/** TypeScript imports what its sources compile to, AssemblyScript leaves the ending out. */
function sourceOf(imported: string): string {
  return /\.\w+$/.test(imported) ? imported.replace(/\.js$/, ".ts") : `${imported}.ts`;
}

/** Folders with the AssemblyScript of the WebAssembly programs that a source reads by their names in wasmPrograms. */
function assemblyFolders(code: string): string[] {
  return Array.from(code.matchAll(/\breadWasm\("(\w+)"/g), ([, name]) =>
    projectPath("src", dirname(wasmPrograms[name as WasmName].entry)),
  );
}

function relativeImports(code: string): string[] {
  const statements = code.matchAll(
    /\b(?:(?:import|export)\s+(type\s+[{*\w])?[^"';]*?\bfrom\s*|import\s*\(?\s*)"(\.{1,2}\/[^"]+)"/g,
  );
  return Array.from(statements).flatMap(([, type, path]) => (type === undefined ? [path] : []));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
