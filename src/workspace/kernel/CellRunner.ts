import { dirname, join } from "node:path";
import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { isPromise } from "node:util/types";
import vm from "node:vm";
import type ts from "typescript";
import type { Awaited } from "./awaitsAsYields.js";
import { citeAuthor } from "./citeAuthor.js";
import { CellCompiler } from "./CellCompiler.js";
import type { CompiledCell, Completions } from "./CellCompiler.js";
import { cellError, typeError } from "./cellError.js";
import type { CellError } from "./cellError.js";
import { kernelVariable } from "./CellKernel.js";
import type { CellKernel } from "./CellKernel.js";
import type { CellName } from "./cellNames.js";
import { CellScope } from "./CellScope.js";
import type { Binding } from "./CellScope.js";
import type { CellSourceMaps } from "./CellSourceMaps.js";
import { driveCell, iterate, undecorated, watched } from "./driveCell.js";
import { DeclarationLibrary } from "./declarations/DeclarationLibrary.js";
import type { LateErrors } from "./LateErrors.js";
import { mark } from "./marks.js";
import { loadTslab, printQuickInfo } from "./loadTslab.js";
import type { TslabWriter } from "./loadTslab.js";
import { exportOf, ModuleLoader, withoutShebang } from "./ModuleLoader.js";

/** How a cell ended. */
export interface CellOutcome {
  readonly error: CellError | null;
  /** Present if the cell ends in an expression whose value is not undefined. */
  readonly result?: unknown;
}

/**
 * Runs cells one after the other and says truthfully which of them failed, and why.
 *
 * All cells share one scope (CellScope). A cell that does not type-check is not run and declares nothing. As a cell
 * begins, its functions are bound and its other names hide earlier ones until their declaration is reached; when it
 * ends, also by failure or interrupt, what it reached is declared, and what it did not reach means what it meant.
 */
export class CellRunner {
  readonly #typescript: typeof ts;
  readonly #compiler: CellCompiler;
  readonly #loader: ModuleLoader;
  readonly #scope = new CellScope();
  readonly #maps: CellSourceMaps;
  readonly #late: LateErrors;
  readonly #root: string;
  readonly #place: string;
  #last = 0;
  #interrupt: (() => void) | null = null;
  #isStopped = false;
  #scripts = 0;
  #writeForTslab: TslabWriter = () => undefined;

  /**
   * @param options.root    the project's folder, which errors are told relative to
   * @param options.folder  working directory of the cells
   */
  constructor({
    typescript,
    maps,
    late,
    root,
    folder = process.cwd(),
  }: {
    readonly typescript: typeof ts;
    readonly maps: CellSourceMaps;
    readonly late: LateErrors;
    readonly root: string;
    readonly folder?: string;
  }) {
    this.#typescript = typescript;
    this.#maps = maps;
    this.#late = late;
    this.#root = root;
    this.#place = join(folder, "cell.ts");
    this.#compiler = new CellCompiler({ typescript, folder, library: DeclarationLibrary.read(typescript) });
    this.#loader = new ModuleLoader({
      typescript,
      compiler: this.#compiler,
      maps,
      special: new Map([["tslab", () => loadTslab(typescript, (...shown) => this.#writeForTslab(...shown))]]),
    });
  }

  /** Compiles nothing, once: the compiler reads its library, and the first cell need not wait for it. */
  warm(): void {
    this.#compiler.compile("");
  }

  /** @param cell  execution count, which tracebacks name the cell by */
  async run(code: string, cell: number): Promise<CellOutcome> {
    const before = this.#takeLate(`thrown after cell ${this.#last} had ended, before cell ${cell} ran`);
    if (before !== null) return { error: before };
    this.#last = cell;
    this.#isStopped = false;
    const interrupted = new Promise<never>((_, reject) => {
      this.#interrupt = () => {
        this.#isStopped = true;
        reject(interruption());
      };
    });
    interrupted.catch(() => undefined);
    const outcome = await this.#run(code, cell, interrupted);
    this.#interrupt = null;
    // An unhandled rejection is announced after the microtasks of the turn in which the
    // cell ended; a timer of 0 ms needs one turn more.
    await nextTurn();
    if (liveTimers() > 0) await delay(2);
    const late = this.#takeLate(null);
    return late === null ? outcome : { error: late };
  }

  /** What has failed since the last cell ended. */
  failedSince(): CellError | null {
    return this.#takeLate(`thrown after cell ${this.#last} had ended`);
  }

  /** Stops waiting for the cell that runs. One that computes is stopped by the signal itself (see `watched`). */
  interrupt(): void {
    this.#interrupt?.();
  }

  complete(code: string, position: number): Completions {
    return this.#compiler.complete(code, position);
  }

  /** What is known of the name at a position, as text, or null. */
  inspect(code: string, position: number): string | null {
    const found = this.#compiler.inspect(code, position);
    return found === null ? null : printQuickInfo(this.#typescript, found);
  }

  completeness(code: string): "complete" | "incomplete" | "invalid" {
    return this.#compiler.completeness(code);
  }

  /** Takes what cells show by tslab's `display`. */
  showTslab(write: TslabWriter): void {
    this.#writeForTslab = write;
  }

  /** Forgets what cells declared, as a restart does. */
  reset(): void {
    this.#compiler.reset();
    this.#scope.clear();
  }

  async #run(code: string, cell: number, interrupted: Promise<never>): Promise<CellOutcome> {
    const compiled = this.#compiler.compile(code);
    if (!("javascript" in compiled)) return { error: typeError(compiled, cell, this.#root) };
    try {
      this.#late.watch(() => this.#interrupt?.());
      // What a module awaits may never come.
      const links = await Promise.race([this.#links(compiled), interrupted]);
      // A signal that came meanwhile is heard when the loop polls: the next turn may come before, the second does not.
      await nextTurn();
      await nextTurn();
      if (this.#isStopped) throw interruption();
      for (const link of links) link();
    } catch (error) {
      return { error: cellError(error, this.#root) };
    }
    const unreached = this.#scope.hide(compiled.names.filter(isHidden).map(({ name }) => name));
    for (const { name, kind } of compiled.names)
      if (kind === "var" && !(this.#compiler.kindOf(name) === "var" && this.#scope.isReached(name)))
        this.#scope.binding(name).i = undefined;
    for (const { name, isValue, isAmbient } of compiled.names) if (isValue && isAmbient) this.#linkGlobal(name);
    try {
      const { result } = await this.#evaluate(compiled, cell, interrupted);
      return result === undefined ? { error: null } : { error: null, result };
    } catch (error) {
      return { error: cellError(error, this.#root) };
    } finally {
      const reached = compiled.names.filter((one) => !one.isValue || this.#scope.isReached(one.name));
      unreached();
      this.#compiler.declare(reached, compiled.module);
    }
  }

  /** Loads the modules that a cell imports. Returns what binds their exports. */
  async #links({ imports }: CompiledCell): Promise<readonly (() => void)[]> {
    const links: (() => void)[] = [];
    for (const { specifier, type, names } of imports) {
      const module = await this.#loader.load(specifier, type, this.#place);
      for (const { name, exported } of names) {
        const read = exportOf(module, exported, specifier);
        links.push(() => this.#scope.link(name, read));
      }
    }
    return links;
  }

  /** `declare const name: string` says that something else has made a global of that name. */
  #linkGlobal(name: string): void {
    const read = new vm.Script(name);
    const globals = globalThis as Record<string, unknown>;
    this.#scope.link(
      name,
      () => read.runInThisContext(),
      (value) => (globals[name] = value),
    );
  }

  async #evaluate(
    compiled: CompiledCell,
    cell: number,
    interrupted: Promise<never>,
  ): Promise<{ readonly result: unknown }> {
    const script = `cell-${cell}.${++this.#scripts}`;
    this.#maps.add(script, { source: cell, sourceMap: compiled.sourceMap, linesBefore: 1 });
    const { kernel: surroundings, require } = this.#loader.surroundings(this.#place);
    const kernel: CellKernel = { ...surroundings, cite: citeAuthor, iterate, result: undefined };
    const make = new vm.Script(wrapped(compiled), { filename: script }).runInThisContext(undecorated) as (
      ...values: unknown[]
    ) => () => unknown;
    const bindings: readonly Binding[] = compiled.mentioned.map((name) => this.#scope.binding(name));
    const run = make(kernel, require, this.#place, dirname(this.#place), ...bindings);
    if (!compiled.awaits) watched(run);
    else {
      const { done, stop } = driveCell(run() as Generator<Awaited, void>, cell);
      await Promise.race([done, interrupted]).finally(stop);
    }
    const { result } = kernel;
    // So that `display(figure)` may stand without `await`. What merely has a `then` (a proxy, a query) is a value
    // like any other, and is wrapped: to return it would call that.
    return { result: isPromise(result) ? await Promise.race([result, interrupted]) : result };
  }

  #takeLate(note: string | null): CellError | null {
    const [first] = this.#late.take();
    if (first === undefined) return null;
    const error = cellError(first.thrown, this.#root);
    const elsewhere =
      first.cell !== null && first.cell !== this.#last ? `by what cell ${first.cell} had started` : null;
    const said = note ?? (elsewhere === null ? null : `thrown ${elsewhere}`);
    return said === null ? error : { ...error, traceback: [...error.traceback, `(${said})`] };
  }
}

/** Functions, variables and imports stand from the first line on; types leave no trace. */
function isHidden({ kind, isValue, isAmbient }: CellName): boolean {
  return isValue && !isAmbient && kind !== "function" && kind !== "var" && kind !== "import";
}

/**
 * One line before the code, which source maps reckon with. Bindings are parameters: V8 takes constants around a
 * function for fixed objects, and then writes to them slowly.
 */
function wrapped({ javascript, mentioned, awaits }: CompiledCell): string {
  const bindings = mentioned.map((name) => `, ${mark}${name}`).join("");
  const head = `(function (${kernelVariable}, require, __filename, __dirname${bindings}) { "use strict";`;
  return `${head} return function${awaits ? "*" : ""} () {\n${withoutShebang(javascript)}\n}; })`;
}

function interruption(): Error {
  return new Error("Interrupted asynchronously");
}

function liveTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}
