import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { format } from "node:util";
import type { Converter } from "tslab/dist/converter.js";
import type { Executor } from "tslab/dist/executor.js";
import { cellError, typeError } from "./cellError.js";
import type { CellError } from "./cellError.js";
import type { CellSourceMaps } from "./CellSourceMaps.js";
import type { LateErrors } from "./LateErrors.js";
import type { Tslab } from "./loadTslab.js";

const settleMilliseconds = 250;

/** Runs cells one after the other and says truthfully which of them failed, and why. */
export class CellRunner {
  readonly #executor: Executor;
  readonly #maps: CellSourceMaps;
  readonly #late: LateErrors;
  readonly #root: string;
  #reported: unknown[][] = [];
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
      log: (...values: unknown[]) => console.log(...values),
      // Fault: stock tslab prints why a cell failed and then forgets it.
      error: (...values: unknown[]) => this.#reported.push(values),
    });
  }

  /** @param cell  execution count, which tracebacks name the cell by */
  async run(code: string, cell: number): Promise<CellError | null> {
    const before = this.#takeLate(`thrown after cell ${this.#last} had ended, before cell ${cell} ran`);
    if (before !== null) return before;
    this.#last = cell;
    this.#reported = [];
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
    return this.#takeLate(null) ?? (done && this.#reported.length === 0 ? null : this.#failure(cell));
  }

  /** After the last cell: gives timers that still run a moment to fail, and says whether anything did. */
  async settle(): Promise<CellError | null> {
    for (let waited = 0; waited < settleMilliseconds && liveTimers() > 0 && !this.#late.any; waited += 10)
      await delay(10);
    await nextTurn();
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
    const errors = this.#late.take();
    if (errors.length === 0) return null;
    const error = cellError(errors[0], this.#root);
    return note === null ? error : { ...error, traceback: [...error.traceback, `(${note})`] };
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
