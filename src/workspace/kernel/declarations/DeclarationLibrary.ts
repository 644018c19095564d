import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type ts from "typescript";
import { projectName, projectPath } from "../../../io/projectPath.js";
import { cellOptions } from "../cellOptions.js";

/** What decides whether a library serves, kept beside it. */
export interface LibraryRecord {
  readonly versions: LibraryVersions;
  /** SHA-256 of every file that went in, the builder's own included, by its name in the project. */
  readonly sources: Readonly<Record<string, string>>;
  /** Declarations of this package, by their names in the project. */
  readonly own: readonly string[];
  /** By the name of a module of Node: the file that completes it, in the library's folder. */
  readonly rests: Readonly<Record<string, string>>;
}

/** Of what the language's and Node's declarations are made. */
export interface LibraryVersions {
  readonly typescript: string;
  /** null where the package is not installed: the library then stands in for it. */
  readonly node: string | null;
  /** The compiler's own files, which depend on the Node that runs. */
  readonly lib: readonly string[];
}

/** Files of a library, in the folder that `npm run build` writes. */
export const libraryFiles = { base: "base.d.ts", package: "package.d.ts", record: "library.json" } as const;

/** What modules of this package are called within the library: their names in dist, behind this. */
export const packagePrefix = "cspbbr3-twin";

/**
 * What names all modules of Node with their types, for `process.getBuiltinModule`: whoever says one of these words
 * needs the rest of every module.
 */
export const wordsForAllModules = { interface: "BuiltInModule", function: "getBuiltinModule" } as const;

/**
 * Declarations of the language, of Node and of this package as few files, in place of the 900 that they come from: the
 * compiler's work for each cell grows with the number of files. They stand in by path: the package's index names the
 * file that holds it all, and Node's index is empty, for what another package asks for is there already. What globals
 * do not need of Node's modules (half of all) stands in files of their own, read when someone imports the module.
 */
export class DeclarationLibrary {
  readonly #folder: string;
  readonly #record: LibraryRecord;
  readonly #compilerFolder: string;
  #isPackageCurrent: boolean | null = null;

  private constructor(typescript: typeof ts, folder: string, record: LibraryRecord) {
    this.#folder = slashes(folder);
    this.#record = record;
    this.#compilerFolder = slashes(join(typescript.getDefaultLibFilePath({}), ".."));
  }

  /** The library in a folder, or null if there is none that was made of what is installed. */
  static read(typescript: typeof ts, folder: string = declarationsFolder): DeclarationLibrary | null {
    try {
      const record = JSON.parse(readFileSync(join(folder, libraryFiles.record), "utf8")) as LibraryRecord;
      const { versions } = record;
      const now = libraryVersions(typescript);
      const isCurrent =
        versions.typescript === now.typescript &&
        (now.node === null || versions.node === now.node) &&
        versions.lib.join() === now.lib.join();
      return isCurrent ? new DeclarationLibrary(typescript, folder, record) : null;
    } catch {
      // Not built, or damaged: the plain files serve, more slowly.
      return null;
    }
  }

  /** The file that holds the language and Node. */
  get base(): string {
    return `${this.#folder}/${libraryFiles.base}`;
  }

  /** The files that complete Node's modules. */
  get rests(): readonly string[] {
    return [...new Set(Object.values(this.#record.rests))].map((name) => `${this.#folder}/${name}`);
  }

  /**
   * What a file gets by the name of a module: the path of the file that completes it, or null if the library holds all
   * of it; undefined if the library knows of no such module.
   */
  resolve(specifier: string, importer: string): string | null | undefined {
    if (importer === this.base) return null;
    if (Object.hasOwn(this.#record.rests, specifier)) return `${this.#folder}/${this.#record.rests[specifier]}`;
    if (!this.#isOwn(importer)) return undefined;
    const isOfPackage = importer === `${this.#folder}/${libraryFiles.package}`;
    // Of what the package imports, other packages have declarations of their own.
    return !isOfPackage || specifier.startsWith(`${packagePrefix}/`) || specifier.startsWith("node:")
      ? null
      : undefined;
  }

  /** What stands in for the file at a path, or undefined if that is the file itself. */
  text(path: string): string | undefined {
    if (path.endsWith("/node_modules/@types/node/index.d.ts")) return "";
    if (path === entry && this.#servesPackage())
      return [
        `/// <reference path="${this.#folder}/${libraryFiles.package}" />`,
        `export * from "${packagePrefix}/index";`,
        "",
      ].join("\n");
    if (!this.#isOwn(path)) return undefined;
    const name = path.slice(this.#folder.length + 1);
    if (!name.startsWith("lib.")) return undefined;
    // `/// <reference lib="dom" />` means one of the compiler's files, and is looked for beside the library.
    const file = `${this.#compilerFolder}/${name}`;
    return Object.hasOwn(this.#record.sources, projectName(file)) ? "" : readOrNothing(file);
  }

  #isOwn(path: string): boolean {
    return path.startsWith(`${this.#folder}/`);
  }

  /** A build that wrote the package's declarations but not the library leaves a library that tells of the past. */
  #servesPackage(): boolean {
    return (this.#isPackageCurrent ??= isOlder(
      this.#record.own.map((name) => projectPath(name)),
      `${this.#folder}/${libraryFiles.package}`,
    ));
  }
}

/** Where `npm run build` puts the library. */
export const declarationsFolder: string = projectPath("dist", "declarations");

const entry = slashes(projectPath("dist", "index.d.ts"));

/** Of what a library made now would be made. */
export function libraryVersions(typescript: typeof ts): LibraryVersions {
  return { typescript: typescript.version, node: installedVersion("@types/node"), lib: cellOptions(typescript).lib };
}

function installedVersion(name: string): string | null {
  try {
    return (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;
  } catch {
    return null;
  }
}

function isOlder(sources: readonly string[], made: string): boolean {
  try {
    const time = statSync(made).mtimeMs;
    return sources.every((source) => statSync(source).mtimeMs <= time);
  } catch {
    return false;
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
