import { realpathSync } from "node:fs";
import { readdir, readFile, rm, utimes } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
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
  wordsForAllModules,
} from "./DeclarationLibrary.js";
import type { LibraryRecord } from "./DeclarationLibrary.js";
import { reachableStatements } from "./reachableStatements.js";
import { splitDeclarations } from "./splitDeclarations.js";

const require = createRequire(import.meta.url);

/**
 * Writes the declarations that cells are checked against, unless those present were made of the same files.
 *
 * @param folder  where they go (default dist/declarations)
 * @returns whether there was something to do
 */
export async function buildDeclarations(typescript: typeof ts, folder: string = declarationsFolder): Promise<boolean> {
  if (await isCurrent(typescript, folder)) {
    // The compiler may have written the same declarations again, which would make the library look older.
    const now = new Date();
    await utimes(join(folder, libraryFiles.package), now, now);
    return false;
  }
  const options = cellOptions(typescript);
  const cache = typescript.createModuleResolutionCache(projectPath(), (name) => name, options);
  // A module of Node is what @types/node declares, as for the compiler, though a package of that name be installed.
  const lead = (specifier: string, { fileName }: ts.SourceFile): string | null =>
    isBuiltin(specifier)
      ? null
      : (typescript.resolveModuleName(specifier, fileName, options, typescript.sys, cache).resolvedModule
          ?.resolvedFileName ?? null);
  const base = programOf(
    typescript,
    realpathSync(join(dirname(require.resolve("@types/node/package.json")), "index.d.ts")),
    options,
  ).getSourceFiles();
  const entries = packageEntries(typescript, base, lead);
  const own = programOf(typescript, projectPath("dist", "index.d.ts"), options);
  const ownFiles = own.getSourceFiles().filter(({ fileName }) => /^dist\//.test(projectName(fileName)));
  const reached = reachableStatements({
    typescript,
    program: own,
    entry: own.getSourceFile(projectPath("dist", "index.d.ts"))!,
    inside: ownFiles,
  });
  const split = splitDeclarations({
    typescript,
    text: bundleDeclarations({
      typescript,
      files: base,
      nameOf: (path) => entries.get(path) ?? nameInPackages(path),
      resolve: lead,
    }),
    ignores: (node) => typescript.isInterfaceDeclaration(node) && node.name.text === wordsForAllModules.interface,
  });
  const texts = {
    [libraryFiles.base]: split.base,
    [libraryFiles.package]: bundleDeclarations({
      typescript,
      files: ownFiles,
      nameOf: (path) => `${packagePrefix}/${projectName(path).replace(/^dist\/|\.d\.ts$/g, "")}`,
      resolve: lead,
      keeps: (statement) => reached.has(statement),
    }),
    ...Object.fromEntries([...split.rests].map(([module, text]) => [restFile(module), text])),
  };
  const paths = [...base, ...ownFiles].map(({ fileName }) => fileName);
  const record: LibraryRecord = {
    versions: libraryVersions(typescript),
    sources: Object.fromEntries(
      await Promise.all([...paths, ...builders].map(async (path) => [projectName(path), await hashOf(path)] as const)),
    ),
    own: ownFiles.map(({ fileName }) => projectName(fileName)),
    rests: Object.fromEntries([...split.restOf].map(([name, module]) => [name, restFile(module)])),
  };
  for (const [name, text] of Object.entries(texts)) await writeAtomic(join(folder, name), text);
  // Of modules that an earlier Node had.
  for (const name of await readdir(folder))
    if (name.startsWith("rest.") && !(name in texts)) await rm(join(folder, name), { force: true });
  await writeAtomic(join(folder, libraryFiles.record), `${JSON.stringify(record, null, 1)}\n`);
  return true;
}

/** What the result depends on besides the declarations. */
const builders = ["bundleDeclarations", "reachableStatements", "splitDeclarations", "buildDeclarations"].map((name) =>
  projectPath("dist", "workspace", "kernel", "declarations", `${name}.js`),
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

function programOf(typescript: typeof ts, root: string, options: ts.CompilerOptions): ts.Program {
  const host = typescript.createCompilerHost(options, true);
  return typescript.createProgram([root], options, { ...host, getCurrentDirectory: () => projectPath() });
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

/** "fs/promises" as a name of a file. */
function restFile(module: string): string {
  return `rest.${encodeURIComponent(module)}.d.ts`;
}

function nameInPackages(path: string): string {
  const packages = "/node_modules/";
  return path.slice(path.lastIndexOf(packages) + packages.length).replace(/\.d\.[cm]?ts$/, "");
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
