import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { filesBelow } from "../filesBelow.js";
import { projectName, projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { type WasmName, wasmPrograms } from "../wasmPrograms.js";

/**
 * The files behind a result, as absolute paths. Each source is a path from the project root and stands for
 * - a source file, "src/index.ts": it, all it imports from this project, the modules its threads run, and the
 *   AssemblyScript of programs it reads. Imports of types alone are left out: they are gone when the code runs;
 * - a folder, "src": each file below it;
 * - files of one ending in a folder, "notebooks/*.nb.ts": each of them as a source file;
 * - what is left out, "!src/scorecard": a file or folder, with what only it imports.
 *
 * @param read  how a file is read: `readOnce()` where many lists are wanted in one pass
 * @throws InputError if a source, or a file that one imports, is not there
 */
export async function sourceFiles(
  sources: readonly string[],
  { read = readText }: { readonly read?: (path: string) => Promise<string> } = {},
): Promise<ReadonlySet<string>> {
  const dropped = sources.filter((one) => one.startsWith("!")).map((one) => projectPath(one.slice(1)));
  const isDropped = (file: string): boolean =>
    dropped.some((path) => file === path || file.startsWith(join(path, "/")));
  const found = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (found.has(file) || isDropped(file)) return;
    found.add(file);
    if (!file.endsWith(".ts")) return;
    const code = await read(file);
    for (const folder of assemblyFolders(code)) for (const source of await pathsBelow(folder)) await visit(source);
    for (const imported of relativeImports(code)) await visit(join(dirname(file), sourceOf(imported)));
  };
  for (const source of sources) {
    if (source.startsWith("!")) continue;
    const { folder, entries } = await expanded(source);
    if (!folder) for (const entry of entries) await visit(entry);
    else entries.filter((file) => !isDropped(file)).forEach((file) => found.add(file));
  }
  return found;
}

/** What a source names on disk: every file of a folder, or entries whose imports count too. */
async function expanded(source: string): Promise<{ readonly folder: boolean; readonly entries: readonly string[] }> {
  const [, within, ending] = /^(.*)\/\*(\.[\w.]+)$/.exec(source) ?? [];
  const path = projectPath(within ?? source);
  if (!existsSync(path))
    throw new InputError({
      where: projectName(path),
      must: "the file must be readable",
      got: "ENOENT",
      mend: "check the path",
    });
  if (within !== undefined) {
    const names = (await readdir(path)).filter((name) => name.endsWith(ending)).sort();
    return { folder: false, entries: names.map((name) => join(path, name)) };
  }
  const folder = (await stat(path)).isDirectory();
  return { folder, entries: folder ? await pathsBelow(path) : [path] };
}

async function pathsBelow(folder: string): Promise<string[]> {
  return (await filesBelow(folder)).map((name) => join(folder, name));
}

/** TypeScript imports what its sources compile to, AssemblyScript leaves the ending out. */
function sourceOf(imported: string): string {
  return /\.\w+$/.test(imported) ? imported.replace(/\.js$/, ".ts") : `${imported}.ts`;
}

/** Folders with the AssemblyScript of the WebAssembly programs that a source reads by their names in wasmPrograms. */
function assemblyFolders(code: string): string[] {
  return Array.from(code.matchAll(/\breadWasm(?:AtOnce)?\("(\w+)"/g), ([, name]) =>
    projectPath("src", dirname(wasmPrograms[name as WasmName].entry)),
  );
}

/** What a source imports by a relative path, and the modules beside it that it gives to threads. */
function relativeImports(code: string): string[] {
  const statements = code.matchAll(
    /\b(?:(?:import|export)\s+(type\s+[{*\w])?[^"';]*?\bfrom\s*|import\s*\(?\s*)"(\.{1,2}\/[^"]+)"/g,
  );
  // Not where a comment says how such a module is named.
  const threads = code.matchAll(/^(?!\s*(?:\*|\/)).*\bnew URL\("(?:\.\/)?([\w-]+\.ts)", import\.meta\.url\)/gm);
  return [
    ...Array.from(statements).flatMap(([, type, path]) => (type === undefined ? [path] : [])),
    ...Array.from(threads, ([, name]) => name),
  ];
}
