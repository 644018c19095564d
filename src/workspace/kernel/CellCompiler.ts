import type ts from "typescript";
import { awaitsAsYields, awaitsAtTop } from "./awaitsAsYields.js";
import { cellNames } from "./cellNames.js";
import type { CellName } from "./cellNames.js";
import { cellOptions } from "./cellOptions.js";
import { wordsForAllModules } from "./declarations/DeclarationLibrary.js";
import type { DeclarationLibrary } from "./declarations/DeclarationLibrary.js";
import { parseDocumentation } from "./declarations/parseDocumentation.js";
import { liveNames } from "./liveNames.js";
import type { CellImport } from "./liveNames.js";
import { mark } from "./marks.js";
import { isPackage, placeInProject } from "./projectPackages.js";
import { withoutExports } from "./withoutExports.js";

type Typescript = typeof ts;

/** What is wrong with a cell, at a place in it (from 1) or in a module that it imports. */
export interface CellDiagnostic {
  /** Path of the module, or null for the cell itself. */
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A cell that may run. */
export interface CompiledCell {
  readonly javascript: string;
  /** JSON of the map from the code to the cell. */
  readonly sourceMap: string;
  /** Whether the code is that of a generator, to be resumed by the kernel. */
  readonly awaits: boolean;
  readonly names: readonly CellName[];
  /** What later cells import its names from. */
  readonly module: string;
  /** Names whose bindings the code mentions. */
  readonly mentioned: readonly string[];
  readonly imports: readonly CellImport[];
}

/** Candidates for what stands at a place, which they replace from `start` to `end`. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
}

interface Declared extends CellName {
  /** The cell's module, as a specifier. */
  readonly from: string;
}

/**
 * Type checks and compiles cells, each a module that sees what cells before it declared last.
 *
 * Every cell is a file that exports its top-level names; the next one imports those that it mentions, so that types
 * are the checker's own, private members and anonymous classes included, and nothing has to be written out as a
 * declaration. What the kernel adds stands behind the author's text: places in it need no shift. Nothing is watched:
 * a file is read when a cell first imports it, and stays as it was read until the kernel ends.
 */
export class CellCompiler {
  readonly #ts: Typescript;
  readonly #folder: string;
  readonly #options: ts.CompilerOptions;
  readonly #globals: string;
  readonly #cells = new Map<string, string>();
  readonly #service: ts.LanguageService;
  readonly #library: DeclarationLibrary | null;
  /** Cells whose names later cells may mention. */
  readonly #kept = new Set<string>();
  /** Modules of the user's that were found right. */
  readonly #checked = new Set<string>();
  /** Modules as they were when they ran: what stands in their files may have changed. */
  readonly #run = new Map<string, string>();
  /** Some cell or module of the user's names them all without an import. */
  #asksForAllModules = false;
  #declared = new Map<string, Declared>();
  /** Names that functions of some cell mention. */
  #seen: ReadonlySet<string> = new Set<string>();
  #current: string;
  #made = 0;

  /**
   * @param options.folder   working directory of the cells, which relative imports begin at
   * @param options.library  declarations to check cells against (default: the plain files, more slowly)
   */
  constructor({
    typescript,
    folder,
    library = null,
  }: {
    readonly typescript: Typescript;
    readonly folder: string;
    readonly library?: DeclarationLibrary | null;
  }) {
    this.#ts = typescript;
    this.#folder = folder.replaceAll("\\", "/");
    this.#library = library;
    const options = cellOptions(typescript);
    this.#options = library === null ? options : { ...options, lib: undefined, types: [] };
    this.#current = this.#file(0);
    this.#cells.set(this.#current, "export {};");
    this.#globals = `${this.#folder}/${mark}globals.d.ts`;
    this.#service = typescript.createLanguageService(this.#host());
  }

  /** @returns the compiled cell, or why it cannot run */
  compile(source: string): CompiledCell | readonly CellDiagnostic[] {
    const parsed = this.#parse(source);
    const names = cellNames(this.#ts, parsed);
    const wrong = syntaxErrors(parsed);
    if (wrong.length > 0) return wrong.map((one) => this.#diagnostic(one, source));
    const text = withoutExports(this.#ts, parsed, source);
    this.#begin(`${text}\n${this.#epilogue(parsed, names)}`);
    // What a module says is known when it has been read.
    const asked = this.#asksForAllModules;
    const first = this.#service.getProgram()!;
    const program = this.#asksForAllModules === asked ? first : this.#service.getProgram()!;
    const file = program.getSourceFile(this.#current)!;
    const errors = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...this.#moduleErrors(program),
    ];
    if (errors.length > 0) return errors.flatMap((one) => this.#diagnostic(one, source));
    const emitted = this.#emit(program, file, source.length);
    const linked = new Set(emitted.imports.flatMap((one) => one.names.map(({ name }) => name)));
    return {
      ...emitted,
      module: this.#specifier(),
      // What turned out to be a type leaves nothing to wait for at run time.
      names: names.map((one) => (one.kind === "import" ? { ...one, isValue: linked.has(one.name) } : one)),
    };
  }

  /** Makes names of a compiled cell what later cells mean by them. */
  declare(names: readonly CellName[], from: string): void {
    this.#kept.add(`${this.#folder}${from.slice(1)}.ts`);
    for (const one of names) {
      const type = typeKey(one.name);
      // As in a module, a name may be a value of one cell and a type of another; a class is both.
      if (one.isValue) {
        this.#declared.set(one.name, { ...one, from });
        if (one.isType || this.#declared.get(type)?.isGeneric === true) this.#declared.delete(type);
      } else {
        this.#declared.set(type, { ...one, from });
        // The kernel can write a second name for a type only if it has no parameters.
        if (one.isGeneric || this.#declared.get(one.name)?.isType === true) this.#declared.delete(one.name);
      }
    }
  }

  /** How a name was declared last, or null. */
  kindOf(name: string): CellName["kind"] | null {
    return this.#declared.get(name)?.kind ?? null;
  }

  /** Whether a piece of text is a whole cell, or what could follow it. */
  completeness(source: string): "complete" | "incomplete" | "invalid" {
    const errors = syntaxErrors(this.#parse(source));
    if (errors.length === 0) return "complete";
    if (errors.some(({ code }) => code === unterminatedString)) return "invalid";
    const end = source.trimEnd().length;
    return errors[0].start >= end || isUnterminated(errors[0].code) ? "incomplete" : "invalid";
  }

  complete(source: string, position: number): Completions {
    this.#look(source);
    const found = this.#service.getCompletionsAtPosition(this.#current, position, undefined);
    const word = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(source.slice(0, position))![0];
    const rest = /^[\p{ID_Continue}$\u200c\u200d]*/u.exec(source.slice(position))![0];
    const start = position - word.length;
    const candidates = (found?.entries ?? [])
      .filter(({ name }) => name.startsWith(word) && !name.includes(mark))
      .sort((one, other) => compare(one.sortText, other.sortText) || compare(one.name, other.name))
      .map(({ name, insertText }) => insertText ?? name);
    return { start, end: position + rest.length, candidates: [...new Set(candidates)] };
  }

  /** What is known of the name at a position, or of the function whose arguments it stands in; null if nothing. */
  inspect(source: string, position: number): ts.QuickInfo | null {
    this.#look(source);
    const read = (place: number): ts.QuickInfo | undefined => {
      if (place >= 0) parseDocumentation(this.#ts, this.#service, this.#current, place);
      const found = place < 0 ? undefined : this.#service.getQuickInfoAtPosition(this.#current, place);
      // The file that stands for the cell is nobody's.
      return found?.displayParts?.some(({ text }) => text.includes(mark)) === true ? undefined : found;
    };
    const at = (place: number): ts.QuickInfo | undefined => read(place) ?? read(place - 1);
    const here = at(position);
    if (here !== undefined) return here;
    const call = this.#callAround(source, position);
    return call === null ? null : (at(call) ?? null);
  }

  /** Forgets what cells declared. */
  reset(): void {
    this.#declared = new Map();
    this.#seen = new Set();
    this.#kept.clear();
    this.#cells.clear();
    this.#cells.set(this.#current, "export {};");
  }

  /** A module runs with this text, and cells are checked against it from now on. */
  pin(path: string, text: string): void {
    this.#run.set(path, text);
  }

  /** Where a module lies that a cell or a module imports, or null if it is no TypeScript file of the user's. */
  sourceOf(specifier: string, importer: string): string | null {
    const { resolvedModule } = this.#ts.resolveModuleName(specifier, importer, this.#options, this.#ts.sys);
    const path = resolvedModule?.resolvedFileName;
    return path === undefined || /\.d\.[cm]?ts$/.test(path) || !/\.[cm]?tsx?$/.test(path) ? null : path;
  }

  #host(): ts.LanguageServiceHost {
    const { sys } = this.#ts;
    const text = (path: string): string | undefined =>
      path === this.#globals ? globals : (this.#cells.get(path) ?? this.#run.get(path) ?? this.#library?.text(path));
    // Declarations stay as they were first read, and so does what they refer to: else each cell would read
    // and resolve the whole library again.
    const declarations = new Map<string, ts.IScriptSnapshot>();
    const references = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
    const packages = this.#ts.createModuleResolutionCache(this.#folder, (path) => path, this.#options);
    const resolve: NonNullable<ts.LanguageServiceHost["resolveModuleNameLiterals"]> = (names, from, _, options, file) =>
      names.map((literal) => {
        const inLibrary = this.#library?.resolve(literal.text, from);
        if (inLibrary === null) return { resolvedModule: undefined };
        if (inLibrary !== undefined)
          return { resolvedModule: { resolvedFileName: inLibrary, extension: this.#ts.Extension.Dts } };
        const mode = this.#ts.getModeForUsageLocation(file, literal, options);
        const key = `${from}|${mode}|${literal.text}`;
        const known = references.get(key);
        if (known !== undefined) return known;
        const at = (place: string): ts.ResolvedModuleWithFailedLookupLocations =>
          this.#ts.resolveModuleName(literal.text, place, options, host, undefined, undefined, mode);
        const here = at(from);
        // A notebook in any folder may import this package and those that it works with.
        const found = here.resolvedModule === undefined && isPackage(literal.text) ? at(placeInProject) : here;
        if (isDeclaration(from)) references.set(key, found);
        return found;
      });
    const host: ts.LanguageServiceHost & { readonly getModuleResolutionCache: () => ts.ModuleResolutionCache } = {
      getCompilationSettings: () => this.#options,
      getScriptFileNames: () => [
        this.#globals,
        this.#current,
        ...(this.#asksForAllModules ? (this.#library?.rests ?? []) : []),
      ],
      getScriptVersion: (path) => this.#version(path),
      getScriptSnapshot: (path) => {
        const known = declarations.get(path);
        if (known !== undefined) return known;
        const content = text(path) ?? sys.readFile(path);
        if (content === undefined) return undefined;
        const snapshot = this.#ts.ScriptSnapshot.fromString(content);
        if (isDeclaration(path)) declarations.set(path, snapshot);
        else this.#findWords(content);
        return snapshot;
      },
      resolveModuleNameLiterals: resolve,
      // Internal to the compiler, but it is pinned.
      getModuleResolutionCache: () => packages,
      getCurrentDirectory: () => this.#folder,
      getDefaultLibFileName: (options) => this.#library?.base ?? this.#ts.getDefaultLibFilePath(options),
      // Comments are read when a tooltip asks for them.
      jsDocParsingMode: this.#ts.JSDocParsingMode.ParseForTypeInfo,
      useCaseSensitiveFileNames: () => true,
      fileExists: (path) => text(path) !== undefined || sys.fileExists(path),
      readFile: (path) => text(path) ?? sys.readFile(path),
      directoryExists: (path) => sys.directoryExists(path),
      getDirectories: (path) => sys.getDirectories(path),
      ...(sys.realpath === undefined ? {} : { realpath: sys.realpath.bind(sys) }),
    };
    return host;
  }

  /** A declaration stays as it was first read, and so does what has run; a module that has not may be mended. */
  #version(path: string): string {
    if (this.#cells.has(path) || this.#run.has(path) || isDeclaration(path)) return "1";
    const modified = this.#ts.sys.getModifiedTime?.(path);
    return modified === undefined ? "1" : String(modified.getTime());
  }

  #file(number: number): string {
    return `${this.#folder}/${mark}cell-${number}.ts`;
  }

  #specifier(): string {
    return `./${mark}cell-${this.#made}`;
  }

  /** A new file for a cell: what earlier cells were checked with stays. */
  #begin(text: string): void {
    if (!this.#kept.has(this.#current)) this.#cells.delete(this.#current);
    this.#made++;
    this.#current = this.#file(this.#made);
    this.#cells.set(this.#current, text);
    this.#findWords(text);
  }

  #findWords(text: string): void {
    this.#asksForAllModules ||= Object.values(wordsForAllModules).some((word) => text.includes(word));
  }

  /** The cell as it stands while its author writes it. */
  #look(source: string): void {
    const parsed = this.#parse(source);
    const text = withoutExports(this.#ts, parsed, source);
    this.#begin(`${text}\n${this.#epilogue(null, cellNames(this.#ts, parsed))}`);
  }

  #parse(source: string): ts.SourceFile {
    const options: ts.CreateSourceFileOptions = {
      languageVersion: this.#options.target!,
      impliedNodeFormat: this.#ts.ModuleKind.ESNext,
    };
    return this.#ts.createSourceFile("cell.ts", source, options, true);
  }

  /**
   * What the kernel adds to a cell: exports of its names, and imports of those of earlier cells.
   *
   * @param parsed  only names that occur in it are imported; null: all
   */
  #epilogue(parsed: ts.SourceFile | null, names: readonly CellName[]): string {
    // Internal to the compiler, but it is pinned.
    const words = (parsed as (ts.SourceFile & { readonly identifiers: ReadonlyMap<string, string> }) | null)
      ?.identifiers;
    const own = new Map(names.map((one) => [one.name, one]));
    const lines = [`;export { ${names.map(({ name }) => name).join(", ")} };`];
    for (const { name, kind, from, isType, isValue } of this.#declared.values()) {
      if (words !== undefined && !words.has(name)) continue;
      const mine = own.get(name);
      if (mine !== undefined && ((mine.isValue && isValue) || (mine.isType && isType))) continue;
      // A variable may be assigned to, which an imported name may not; and no name is imported twice.
      const isVariable = kind === "let" || kind === "var";
      const isTwice = this.#declared.has(name) && this.#declared.has(typeKey(name));
      if (!isValue && isTwice) lines.push(`type ${name} = import("${from}").${name};`);
      else if (isVariable || isTwice)
        lines.push(`declare ${isVariable ? "let" : "const"} ${name}: typeof import("${from}").${name};`);
      else lines.push(`import { ${name} } from "${from}";`);
    }
    return lines.join("\n");
  }

  /** Errors in modules of the user's that come into the program with this cell. */
  #moduleErrors(program: ts.Program): ts.Diagnostic[] {
    return program
      .getSourceFiles()
      .filter(({ fileName, isDeclarationFile }) => {
        if (
          isDeclarationFile ||
          this.#cells.has(fileName) ||
          program.isSourceFileFromExternalLibrary(program.getSourceFile(fileName)!)
        )
          return false;
        return !this.#checked.has(fileName);
      })
      .flatMap((file) => {
        const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
        if (errors.length === 0) this.#checked.add(file.fileName);
        return errors;
      });
  }

  #emit(program: ts.Program, file: ts.SourceFile, end: number): Omit<CompiledCell, "names" | "module"> {
    const { transformer, found } = liveNames(this.#ts, program, { end, seen: this.#seen });
    let javascript = "";
    let sourceMap = "";
    let awaits = false;
    program.emit(
      file,
      (path, text) => {
        if (path.endsWith(".map")) sourceMap = text;
        else javascript = text;
      },
      undefined,
      false,
      {
        before: [transformer],
        after: [
          (context) => (emitted) => {
            const statements = emitted.statements.filter((one) => !this.#ts.isExportDeclaration(one));
            const code = context.factory.updateSourceFile(emitted, statements);
            awaits = awaitsAtTop(this.#ts, code);
            return awaits ? awaitsAsYields(this.#ts, file)(context)(code) : code;
          },
        ],
      },
    );
    this.#seen = found.seen;
    return {
      javascript: javascript.replace(/\/\/# sourceMappingURL=.*\s*$/, ""),
      sourceMap,
      awaits,
      mentioned: [...found.mentioned],
      imports: found.imports,
    };
  }

  #diagnostic({ file, start, messageText, code }: ts.Diagnostic, source: string): CellDiagnostic {
    const message = this.#inWords(code, this.#ts.flattenDiagnosticMessageText(messageText, "\n"));
    const isCell = file === undefined || file.fileName === this.#current || file.fileName === "cell.ts";
    // What the compiler finds behind the author's text, it finds at its end.
    const at = isCell ? Math.min(start ?? 0, source.length) : (start ?? 0);
    const { line, character } = lineAndCharacter(isCell ? source : file.text, at);
    return { file: isCell ? null : file.fileName, line: line + 1, column: character + 1, message };
  }

  /** A name of an earlier cell is imported, which its author did not write. */
  #inWords(code: number, message: string): string {
    const imported = /^Cannot assign to '(.+)' because it is an import\.$/.exec(message);
    const kind = imported === null ? undefined : this.#declared.get(imported[1])?.kind;
    if (code !== cannotAssignToImport || kind === undefined || kind === "import") return message;
    return `Cannot assign to '${imported![1]}' because it is a ${kind === "const" ? "constant" : kind}.`;
  }

  /** Where the name stands that is called with the arguments around a position. */
  #callAround(source: string, position: number): number | null {
    let depth = 0;
    for (let at = position - 1; at >= 0; at--) {
      if (source[at] === ")") depth++;
      if (source[at] === "(" && depth-- === 0)
        return /[\p{ID_Continue}$]\s*$/u.test(source.slice(0, at)) ? source.slice(0, at).trimEnd().length - 1 : null;
    }
    return null;
  }
}

/** What the kernel adds to the names that every cell knows. */
const globals = `
/** Asks whoever sits before the front end for a line of input. */
declare function prompt(text?: string, options?: { readonly password?: boolean }): Promise<string>;
`;

/** What a name that is nothing but a type is kept by, beside a value of that name. */
function typeKey(name: string): string {
  return `type ${name}`;
}

const cannotAssignToImport = 2632;
/** A string in quotes cannot go on in the next line. */
const unterminatedString = 1002;

function syntaxErrors(parsed: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (parsed as ts.SourceFile & { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] })
    .parseDiagnostics;
}

/** A file of declarations, or of a package: neither changes while a kernel runs. */
function isDeclaration(path: string): boolean {
  return path.endsWith(".d.ts") || path.includes("/node_modules/");
}

/** "*\/ expected", "Unterminated template literal" and their kin, told at the place where it begins. */
function isUnterminated(code: number): boolean {
  return [1010, 1160, 1161].includes(code);
}

function lineAndCharacter(text: string, position: number): { readonly line: number; readonly character: number } {
  const before = text.slice(0, position).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
