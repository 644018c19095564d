import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import type ts from "typescript";
import { kernelVariable } from "./CellKernel.js";
import type { CellKernel } from "./CellKernel.js";
import type { CellCompiler } from "./CellCompiler.js";
import { undecorated, watched } from "./driveCell.js";
import type { CellSourceMaps } from "./CellSourceMaps.js";
import { isPackage, placeInProject } from "./projectPackages.js";

type Typescript = typeof ts;

/** What a module exports, by name; read when needed, since exports may change. */
export type Exports = Readonly<Record<string, unknown>>;

interface Loaded {
  readonly exports: Record<string, unknown>;
  readonly done: Promise<void>;
}

type Import = (specifier: string, options?: object) => Promise<Exports>;

/**
 * Loads what cells import. Packages and JavaScript come by Node's own `import()`, so that modules with a top-level
 * await work and exports stay live. TypeScript files of the user's are compiled here, and may import each other in
 * circles. Each module runs once; one that failed may be mended and is loaded again.
 */
export class ModuleLoader {
  readonly #ts: Typescript;
  readonly #compiler: CellCompiler;
  readonly #maps: CellSourceMaps;
  readonly #loaded = new Map<string, Loaded>();
  readonly #special: ReadonlyMap<string, () => Exports>;

  /** @param special  modules that the kernel provides, by specifier */
  constructor({
    typescript,
    compiler,
    maps,
    special,
  }: {
    readonly typescript: Typescript;
    readonly compiler: CellCompiler;
    readonly maps: CellSourceMaps;
    readonly special: ReadonlyMap<string, () => Exports>;
  }) {
    this.#ts = typescript;
    this.#compiler = compiler;
    this.#maps = maps;
    this.#special = special;
  }

  /**
   * A module as an import declaration sees it.
   *
   * @param type      value of `with { type }`, or null
   * @param importer  path of the module that imports it, or what stands for the cells
   * @throws what the module throws, or Node's error if there is none
   */
  async load(specifier: string, type: string | null, importer: string): Promise<Exports> {
    return this.#load(specifier, type, importer, []);
  }

  /** What code at a place gets by `import()`, `import.meta` and `require`. */
  surroundings(path: string): {
    readonly kernel: Pick<CellKernel, "import" | "meta">;
    readonly require: NodeJS.Require;
  } {
    const require = createRequire(path);
    const url = pathToFileURL(path).href;
    return {
      require,
      kernel: {
        import: (specifier, options) => this.load(String(specifier), options?.with?.type ?? null, path),
        meta: {
          url,
          filename: path,
          dirname: dirname(path),
          resolve: (specifier: string) => {
            const found = /^\.{0,2}\//.test(specifier)
              ? new URL(specifier, url)
              : pathToFileURL(require.resolve(specifier));
            return found.href;
          },
        },
      },
    };
  }

  async #load(specifier: string, type: string | null, importer: string, inside: readonly string[]): Promise<Exports> {
    const special = this.#special.get(specifier);
    if (special !== undefined) return special();
    const source = this.#compiler.sourceOf(specifier, importer);
    if (source !== null) return this.#loadSource(source, inside);
    if (/^\.{0,2}\/.*\.json$/.test(specifier) && type === null)
      return importerAt(importer)(specifier, { with: { type: "json" } });
    const options = type === null ? undefined : { with: { type } };
    try {
      return await importerAt(importer)(withExtension(specifier, importer), options);
    } catch (error) {
      if (!isPackage(specifier) || !isNotFound(error, specifier)) throw error;
      return importerAt(placeInProject)(specifier, options);
    }
  }

  async #loadSource(path: string, inside: readonly string[]): Promise<Exports> {
    const known = this.#loaded.get(path);
    if (known !== undefined) {
      // In a circle of imports, what is there so far is what there is.
      if (!inside.includes(path)) await known.done;
      return known.exports;
    }
    const exports = Object.defineProperty({}, "__esModule", { value: true });
    // Known before it runs: a module that it imports may import it.
    const done = Promise.resolve().then(() => this.#run(path, exports, [...inside, path]));
    this.#loaded.set(path, { exports, done });
    try {
      await done;
    } catch (error) {
      this.#loaded.delete(path);
      throw error;
    }
    return exports;
  }

  async #run(path: string, exports: Record<string, unknown>, inside: readonly string[]): Promise<void> {
    const text = readFileSync(path, "utf8");
    this.#compiler.pin(path, text);
    const { javascript, sourceMap, needs, isAsync } = this.#compile(path, text);
    this.#maps.add(path, { source: path, sourceMap, linesBefore: 1 });
    const { kernel, require } = this.surroundings(path);
    const loaded = new Map<string, Exports>();
    for (const specifier of needs) loaded.set(specifier, asCommonJs(await this.#load(specifier, null, path, inside)));
    const requireHere = Object.assign(
      (specifier: string): unknown => loaded.get(specifier) ?? require(specifier),
      require,
    );
    const given = `exports, require, module, __filename, __dirname, ${kernelVariable}`;
    const head = `(${isAsync ? "async " : ""}function (${given}) {`;
    const run = new vm.Script(`${head}\n${javascript}\n})`, { filename: path }).runInThisContext(undecorated) as (
      ...values: unknown[]
    ) => unknown;
    await watched(() => run.call(exports, exports, requireHere, { exports }, path, dirname(path), kernel));
  }

  #compile(
    path: string,
    text: string,
  ): {
    readonly javascript: string;
    readonly sourceMap: string;
    readonly needs: readonly string[];
    readonly isAsync: boolean;
  } {
    const { ModuleKind, ScriptTarget } = this.#ts;
    const { outputText, sourceMapText } = this.#ts.transpileModule(text, {
      fileName: path,
      compilerOptions: {
        module: ModuleKind.CommonJS,
        target: ScriptTarget.ES2022,
        esModuleInterop: true,
        sourceMap: true,
      },
      transformers: { before: [importsOfKernel(this.#ts)] },
    });
    const parsed = this.#ts.createSourceFile("module.js", outputText, ScriptTarget.ES2022, true);
    const needs = new Set<string>();
    let isAsync = false;
    const visit = (node: ts.Node, inFunction: boolean): void => {
      const t = this.#ts;
      if (t.isCallExpression(node) && t.isIdentifier(node.expression) && node.expression.text === "require") {
        const [given] = node.arguments;
        if (given !== undefined && t.isStringLiteral(given)) needs.add(given.text);
      }
      const awaits = t.isAwaitExpression(node) || (t.isForOfStatement(node) && node.awaitModifier !== undefined);
      if (awaits && !inFunction) isAsync = true;
      t.forEachChild(node, (child) => visit(child, inFunction || t.isFunctionLike(node)));
    };
    visit(parsed, false);
    return {
      javascript: withoutShebang(outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "")),
      sourceMap: sourceMapText!,
      needs: [...needs],
      isAsync,
    };
  }
}

/**
 * An export of a module. Exports that Node does not see in a CommonJS module are looked for in the module itself,
 * and the default of one that was compiled from a module is its own default, as TypeScript takes it.
 *
 * @param exported  its name, "default", or "*" for all
 * @returns a function that reads it
 * @throws SyntaxError if there is no such export
 */
export function exportOf(module: Exports, exported: string, specifier: string): () => unknown {
  const common = module["default"] as Exports | null | undefined;
  const isObject = common !== null && (typeof common === "object" || typeof common === "function");
  if (exported === "*") return () => module;
  if (exported === "default" && isObject && common["__esModule"] === true && "default" in common)
    return () => common["default"];
  if (exported in module) return () => module[exported];
  if (isObject && exported in common) return () => common[exported];
  throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${exported}'`);
}

/** `#!/usr/bin/env tsx` may begin a file, not a function. */
export function withoutShebang(javascript: string): string {
  return javascript.replace(/^#!/, "//");
}

/** A module as code that TypeScript compiled to CommonJS expects it. */
function asCommonJs(module: Exports): Exports {
  if (module["__esModule"] === true) return module;
  const common = module["default"];
  const keys = new Set([
    ...Object.keys(module),
    ...(typeof common === "object" && common !== null ? Object.keys(common) : []),
  ]);
  const seen = Object.defineProperty({}, "__esModule", { value: true });
  for (const key of keys)
    Object.defineProperty(seen, key, { get: exportOf(module, key, key), enumerable: true, configurable: true });
  return seen;
}

const importers = new Map<string, Import>();

/** Node's `import()` as a file at that path would call it. */
function importerAt(path: string): Import {
  const known = importers.get(path);
  if (known !== undefined) return known;
  const made = new vm.Script("(specifier, options) => import(specifier, options)", {
    filename: path,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as Import;
  importers.set(path, made);
  return made;
}

/** TypeScript finds `./tools` in tools.js, which Node's import does not. */
function withExtension(specifier: string, importer: string): string {
  if (!/^\.{1,2}\//.test(specifier)) return specifier;
  try {
    return pathToFileURL(createRequire(importer).resolve(specifier)).href;
  } catch {
    return specifier;
  }
}

/** Whether the package itself was not found, not something that it imports. */
function isNotFound(error: unknown, specifier: string): boolean {
  const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)!;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" && message.includes(`Cannot find package '${name}'`);
}

/** `import()` and `import.meta` go to the kernel, which TypeScript would turn into `require` or refuse. */
function importsOfKernel(typescript: Typescript): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const ofKernel = (property: keyof CellKernel): ts.Expression =>
      factory.createPropertyAccessExpression(factory.createIdentifier(kernelVariable), property);
    const visit = (node: ts.Node): ts.Node => {
      if (typescript.isMetaProperty(node) && node.keywordToken === typescript.SyntaxKind.ImportKeyword)
        return ofKernel("meta");
      const visited = typescript.visitEachChild(node, visit, context);
      return typescript.isCallExpression(visited) && visited.expression.kind === typescript.SyntaxKind.ImportKeyword
        ? factory.createCallExpression(ofKernel("import"), undefined, visited.arguments)
        : visited;
    };
    return typescript.visitNode(file, visit) as ts.SourceFile;
  };
}
