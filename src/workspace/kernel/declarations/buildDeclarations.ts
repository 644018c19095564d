import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import { projectName, projectPath } from "../../../io/projectPath.js";
import { sha256 } from "../../../io/sha256.js";
import { writeAtomic } from "../../../io/writeAtomic.js";
import { cellOptions } from "../cellOptions.js";
import { CellCompiler } from "../CellCompiler.js";
import { cacheTypescript, isTypescriptCached, loadTypescript } from "../loadTypescript.js";
import { bundleDeclarations } from "./bundleDeclarations.js";
import {
  DeclarationLibrary,
  declarationsFolder,
  libraryFiles,
  libraryVersions,
  packagePrefix,
} from "./DeclarationLibrary.js";
import type { LibraryRecord } from "./DeclarationLibrary.js";

const require = createRequire(import.meta.url);

/**
 * Writes the declarations that cells are checked against, unless those present were made of the same files.
 *
 * @param folder  where they go (default dist/declarations)
 * @returns whether there was something to do
 */
export async function buildDeclarations(typescript: typeof ts, folder: string = declarationsFolder): Promise<boolean> {
  if (await isCurrent(typescript, folder)) return false;
  const options = cellOptions(typescript);
  const node = realpathSync(join(dirname(require.resolve("@types/node/package.json")), "index.d.ts"));
  const base = sourceFiles(typescript, node, options);
  const known = new Set(base.map(({ fileName }) => fileName));
  const more = sourceFiles(typescript, projectPath("dist", "index.d.ts"), options).filter(
    ({ fileName }) => !known.has(fileName),
  );
  const cache = typescript.createModuleResolutionCache(projectPath(), (name) => name, options);
  const lead = (specifier: string, { fileName }: ts.SourceFile): string | null =>
    typescript.resolveModuleName(specifier, fileName, options, typescript.sys, cache).resolvedModule
      ?.resolvedFileName ?? null;
  const entries = packageEntries(typescript, [...base, ...more], lead);
  const nameOf = (path: string): string => entries.get(path) ?? nameByPath(path);
  const bundle = (files: readonly ts.SourceFile[]): string =>
    bundleDeclarations({ typescript, files, nameOf, resolve: lead });
  const paths = [...base, ...more].map(({ fileName }) => fileName);
  const record: LibraryRecord = {
    versions: libraryVersions(typescript),
    sources: Object.fromEntries(
      await Promise.all([...paths, ...builders].map(async (path) => [projectName(path), await hashOf(path)] as const)),
    ),
    own: more.map(({ fileName }) => projectName(fileName)).filter((name) => name.startsWith("dist/")),
  };
  await writeAtomic(join(folder, libraryFiles.base), bundle(base));
  await writeAtomic(join(folder, libraryFiles.package), bundle(more));
  await writeAtomic(join(folder, libraryFiles.record), `${JSON.stringify(record, null, 1)}\n`);
  return true;
}

/** What the result depends on besides the declarations. */
const builders = ["./bundleDeclarations.js", "./buildDeclarations.js"].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);

async function isCurrent(typescript: typeof ts, folder: string): Promise<boolean> {
  try {
    const record = JSON.parse(await readFile(join(folder, libraryFiles.record), "utf8")) as LibraryRecord;
    if (JSON.stringify(record.versions) !== JSON.stringify(libraryVersions(typescript))) return false;
    const same = await Promise.all(
      Object.entries(record.sources).map(async ([name, hash]) => (await hashOf(resolve(projectPath(), name))) === hash),
    );
    return same.every(Boolean);
  } catch {
    // No record, a damaged one, or a file that is gone: build.
    return false;
  }
}

async function hashOf(path: string): Promise<string> {
  return sha256(await readFile(path));
}

function sourceFiles(typescript: typeof ts, root: string, options: ts.CompilerOptions): readonly ts.SourceFile[] {
  const host = typescript.createCompilerHost(options, true);
  const program = typescript.createProgram([root], options, { ...host, getCurrentDirectory: () => projectPath() });
  return program.getSourceFiles().filter(({ isDeclarationFile }) => isDeclarationFile);
}

/** Modules that others import by the name of a package keep that name: a cell that imports it means the same types. */
function packageEntries(
  typescript: typeof ts,
  files: readonly ts.SourceFile[],
  resolve: (specifier: string, file: ts.SourceFile) => string | null,
): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const file of files)
    for (const { fileName: specifier } of typescript.preProcessFile(file.text).importedFiles) {
      const path = /^\.{0,2}\//.test(specifier) ? null : resolve(specifier, file);
      if (path !== null && !entries.has(path)) entries.set(path, specifier);
    }
  return entries;
}

function nameByPath(path: string): string {
  const packages = "/node_modules/";
  const at = path.lastIndexOf(packages);
  const own = `${packagePrefix}/${projectName(path).replace(/^dist\//, "")}`;
  return (at < 0 ? own : path.slice(at + packages.length)).replace(/\.d\.[cm]?ts$/, "");
}

/** Work of every kind, so that its code is among what is kept. */
function exercise(typescript: typeof ts): void {
  const compiler = new CellCompiler({
    typescript,
    folder: projectPath("notebooks"),
    library: DeclarationLibrary.read(typescript),
  });
  compiler.compile('import { readFileSync } from "node:fs";\nconst size = readFileSync(".").length;\nawait size;');
  compiler.compile("const wrong: string = [1].map((one) => one);");
  compiler.compile('import * as twin from "cspbbr3-twin";');
  compiler.complete("process.ar", 10);
  compiler.inspect("process.argv", 10);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const typescript = loadTypescript();
  buildDeclarations(typescript)
    .then(async (isNew) => {
      if (!isNew && isTypescriptCached()) return;
      exercise(typescript);
      await cacheTypescript();
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
}
