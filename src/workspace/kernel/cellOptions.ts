import { createRequire } from "node:module";
import { dirname } from "node:path";
import type ts from "typescript";

/** Cells are compiled as notebooks/tsconfig.json checks them; the library is that of the Node that runs them. */
export function cellOptions({
  ScriptTarget,
  ModuleKind,
  ModuleResolutionKind,
  ModuleDetectionKind,
}: typeof ts): ts.CompilerOptions & { readonly lib: string[] } {
  const newer = [
    ...("union" in Set.prototype ? ["lib.esnext.collection.d.ts"] : []),
    ...("Iterator" in globalThis ? ["lib.esnext.iterator.d.ts"] : []),
  ];
  return {
    strict: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    target: ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", ...newer],
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
    moduleDetection: ModuleDetectionKind.Force,
    types: ["node"],
    // Of this package: a notebook may stand in a folder that has none.
    typeRoots: typeRoots(),
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    skipLibCheck: true,
    sourceMap: true,
    preserveConstEnums: true,
  };
}

/** Where @types/node is, if it is installed: a library of declarations does without. */
function typeRoots(): string[] {
  try {
    return [dirname(dirname(createRequire(import.meta.url).resolve("@types/node/package.json")))];
  } catch {
    return [];
  }
}
