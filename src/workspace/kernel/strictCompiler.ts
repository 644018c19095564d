import type ts from "@tslab/typescript-for-tslab";
import type { CellSourceMaps } from "./CellSourceMaps.js";
import { rebuildOnce } from "./rebuildOnce.js";
import type { CompilerHost } from "./rebuildOnce.js";

type Typescript = typeof ts;

/** Internal to the compiler, but it is pinned. */
interface Binder {
  readonly bindSourceFile: (file: ts.SourceFile, options: object) => void;
}

/**
 * Fault: tslab reads no tsconfig. It hard-codes a non-strict compiler with Node10 resolution,
 * which cannot resolve a package's `exports` (so not this package by its own name), and
 * keeps no source maps. Here cells are compiled as notebooks/tsconfig.json checks them.
 *
 * @param onHost  gets the function that announces a conversion (see rebuildOnce), for each compiler that tslab makes
 * @returns TypeScript as tslab shall see it, everything else unchanged
 */
export function strictCompiler(
  typescript: Typescript,
  maps: CellSourceMaps,
  onHost: (announce: () => void) => void,
): Typescript {
  const options = {
    strict: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    types: ["node"],
    // ES2023 as far as TypeScript 5.0 declares it (toSorted and its kin came with 5.2).
    lib: ["lib.es2023.d.ts"],
    // tslab removes "use strict" from cells with noImplicitUseStrict, which excludes strict's own alwaysStrict.
    alwaysStrict: false,
    inlineSourceMap: true,
  };
  watchOnlySources(typescript);
  const createWatchCompilerHost = ((files: string[], given: object, ...rest: unknown[]) => {
    const merged = { ...given, ...options };
    const host = (typescript.createWatchCompilerHost as (...all: unknown[]) => CompilerHost)(files, merged, ...rest);
    const cell = files.find((file) => file.endsWith("/__tslab__.ts"))!;
    onHost(
      rebuildOnce(host, ({ readFile }) => {
        const file = typescript.createSourceFile(cell, readFile(cell) ?? "", typescript.ScriptTarget.ES2022, true);
        (typescript as unknown as Binder).bindSourceFile(file, merged);
        return file;
      }),
    );
    return host;
  }) as unknown as Typescript["createWatchCompilerHost"];
  const transpileModule: Typescript["transpileModule"] = (input, transpileOptions) =>
    maps.transpile(typescript, input, transpileOptions);
  return Object.create(typescript, {
    // tslab's own import helper would copy a module without this mark,
    // property by property, and lose the inherited ones.
    __esModule: { value: true },
    createWatchCompilerHost: { value: createWatchCompilerHost, enumerable: true },
    transpileModule: { value: transpileModule, enumerable: true },
  }) as Typescript;
}

/**
 * tslab watches every file of the program, some hundred declarations among them, which can
 * use up the system's watchers. Declarations do not change under a running kernel in a way
 * that would help (the code they declare stays loaded); a notebook's own modules may.
 */
function watchOnlySources({ sys }: Typescript): void {
  const watchFile = sys.watchFile?.bind(sys);
  sys.watchFile = (path, ...rest) =>
    path.endsWith(".d.ts") || watchFile === undefined ? { close: () => undefined } : watchFile(path, ...rest);
}
