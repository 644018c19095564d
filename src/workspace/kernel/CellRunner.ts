import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { format } from "node:util";
import type { Converter } from "tslab/dist/converter.js";
import type { Executor } from "tslab/dist/executor.js";
import { cellError, typeError } from "./cellError.js";
import type { CellError } from "./cellError.js";
import type { CellSourceMaps } from "./CellSourceMaps.js";
import type { LateErrors } from "./LateErrors.js";
import type { Tslab } from "./loadTslab.js";

/** How a cell ended. */
export interface CellOutcome {
  readonly error: CellError | null;
  /** Value of the cell's last statement, if that is an expression whose value is not undefined. */
  readonly result?: unknown;
}

/** Runs cells one after the other and says truthfully which of them failed, and why. */
export class CellRunner {
  readonly #executor: Executor;
  readonly #maps: CellSourceMaps;
  readonly #late: LateErrors;
  readonly #root: string;
  #reported: unknown[][] = [];
  #results: unknown[] = [];
  #last = 0;

  /** @param root  the project's folder, which errors are told relative to */
  constructor({
    tslab,
    maps,
    late,
    root,
  }: {
    readonly tslab: Tslab;
    readonly maps: CellSourceMaps;
    readonly late: LateErrors;
    readonly root: string;
  }) {
    this.#maps = maps;
    this.#late = late;
    this.#root = root;
    this.#executor = tslab.executor.createExecutor(process.cwd(), converters(tslab), {
      // It is called with the value of the last expression.
      log: (...values: unknown[]) => this.#results.push(...values),
      // Fault: stock tslab prints why a cell failed and then forgets it.
      error: (...values: unknown[]) => this.#reported.push(values),
    });
  }

  /** @param cell  execution count, which tracebacks name the cell by */
  async run(code: string, cell: number): Promise<CellOutcome> {
    const before = this.#takeLate(`thrown after cell ${this.#last} had ended, before cell ${cell} ran`);
    if (before !== null) return { error: before };
    this.#last = cell;
    this.#reported = [];
    this.#results = [];
    this.#maps.begin(cell);
    this.#late.watch(() => this.#executor.interrupt());
    const done = await this.#executor.execute(code).catch((error: unknown) => {
      this.#reported.push([error]);
      return false;
    });
    // An unhandled rejection is announced after the microtasks of the turn in which the
    // cell ended; a timer of 0 ms needs one turn more.
    await nextTurn();
    if (liveTimers() > 0) await delay(2);
    const error = this.#takeLate(null) ?? (done && this.#reported.length === 0 ? null : this.#failure(cell));
    return error === null && this.#results.length > 0 ? { error, result: this.#results[0] } : { error };
  }

  /** What has failed since the last cell ended. */
  failedSince(): CellError | null {
    return this.#takeLate(`thrown after cell ${this.#last} had ended`);
  }

  interrupt(): void {
    this.#executor.interrupt();
  }

  complete(
    code: string,
    position: number,
  ): { readonly start: number; readonly end: number; readonly candidates: readonly string[] } {
    return this.#executor.complete(code, position);
  }

  inspect(code: string, position: number): ReturnType<Executor["inspect"]> | undefined {
    return this.#executor.inspect(code, position);
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

  /** tslab reports one value for what was thrown, and a format with its arguments for a diagnostic. */
  #failure(cell: number): CellError {
    const diagnostics = this.#reported.filter((values) => values.length > 1);
    if (diagnostics.length > 0)
      return typeError(
        diagnostics.map((values) => format(...values)),
        cell,
        this.#root,
      );
    return cellError(this.#reported[0]?.[0], this.#root);
  }
}

function converters({ createConverter }: Tslab): {
  readonly node: Converter;
  readonly browser: Converter;
  readonly close: () => void;
} {
  const node = createConverter({ isJS: false, isBrowser: false });
  let browser: Converter | undefined;
  return {
    node,
    get browser() {
      return (browser ??= createConverter({ isJS: false, isBrowser: true }));
    },
    close: () => {
      node.close();
      browser?.close();
    },
  };
}

function liveTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}
