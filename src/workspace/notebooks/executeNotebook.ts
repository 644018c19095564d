import { startKernel } from "../kernel/KernelClient.js";
import type { KernelClient } from "../kernel/KernelClient.js";
import { KernelError } from "../kernel/KernelError.js";
import type { KernelOutput } from "../kernel/kernelConversation.js";
import { newTranscript } from "./newTranscript.js";
import { tagsOf, type Cell, type CodeCell, type Notebook, type Output } from "./Notebook.js";

/** The first cell that failed. */
export interface CellFailure {
  /** Index into notebook.cells. */
  readonly cell: number;
  /** What a thrown error is called, or TypeScriptError, ProcessExit, CellTimeout, KernelDied. */
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface Execution {
  /** With the outputs of the cells that ran, also after a failure; those behind it have none. */
  readonly notebook: Notebook;
  readonly failure: CellFailure | null;
  /** Processor time of the kernel, in seconds; null or absent where it is not known. */
  readonly processorSeconds?: number | null;
}

export interface CellProgress {
  /** Which code cell, from 1, of how many. */
  readonly cell: number;
  readonly of: number;
  readonly state: "running" | "done" | "failed";
}

/**
 * Runs the code cells of a notebook in order on a kernel of their own, up to the first
 * failure. Equal runs give equal outputs: streams are merged, display ids dropped,
 * updated displays stand where they first appeared. What a cell prints after its end stands in its
 * outputs; where it does not come to an end in time, all of that is left out, and words say so.
 *
 * Tags mean what they mean to nbclient: a cell tagged `skip-execution` is not run and keeps its outputs, as a blank
 * one does; the error of one tagged `raises-exception` is recorded and the run goes on, as it does where none is
 * thrown. That the kernel died or a cell ran too long is no exception of a cell and ends the run always.
 *
 * @param options.directory           working directory of the cells
 * @param options.environment         variables added to this process's own
 * @param options.cellTimeoutSeconds  a cell that runs longer fails and its kernel is stopped (default 600)
 * @param options.settleSeconds       how long to wait after each cell for what it started (default 2)
 * @param options.onCell              called as each cell begins and ends
 * @throws InputError if the project is not built
 */
export async function executeNotebook(
  notebook: Notebook,
  {
    directory,
    environment = {},
    cellTimeoutSeconds = 600,
    settleSeconds = 2,
    onCell = () => undefined,
  }: {
    readonly directory: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly cellTimeoutSeconds?: number;
    readonly settleSeconds?: number;
    readonly onCell?: (progress: CellProgress) => void;
  },
): Promise<Execution> {
  const runs = notebook.cells.flatMap((cell, index) => (isRun(cell) ? [{ index, cell }] : []));
  const transcript = newTranscript();
  if (runs.length === 0) return { notebook, failure: null };
  const kernel = await startKernel({ directory, environment });
  let failure: CellFailure | null = null;
  let ran = 0;
  let processorSeconds: number | null = null;
  try {
    for (const { index, cell } of runs) {
      ran++;
      onCell({ cell: ran, of: runs.length, state: "running" });
      const take = transcript.listen(index, ran);
      const timeoutSeconds = cellTimeoutSeconds;
      failure = unexpected(await runCell(kernel, { index, source: cell.source, timeoutSeconds, take }), cell);
      transcript.end(index);
      if (failure === null) {
        // After the last cell for all: what an earlier one began may have been for a later one to end.
        const all = ran === runs.length;
        const settled = await settleCell(kernel, { index, seconds: settleSeconds, all, take });
        failure = unexpected(settled.failure, cell);
        if (failure === null)
          for (const loud of settled.loud) transcript.cut(runs[loud - 1].index, cutNote(settleSeconds));
      }
      onCell({ cell: ran, of: runs.length, state: failure === null ? "done" : "failed" });
      if (failure !== null) break;
    }
  } finally {
    processorSeconds = await kernel.processorSeconds();
    await kernel.shutdown();
  }
  const counts = new Map(runs.slice(0, ran).map(({ index }, position) => [index, position + 1]));
  const cells = notebook.cells.map((cell, index) =>
    withOutputs(cell, counts.get(index) ?? null, transcript.outputs(index)),
  );
  return { notebook: { ...notebook, cells }, failure, processorSeconds };
}

/** Whether a run runs a cell; others it leaves as they are, as nbclient does. */
export function isRun(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !tagsOf(cell).includes("skip-execution");
}

/** A failure, unless the cell announces it by a tag. */
function unexpected(failure: CellFailure | null, cell: Cell): CellFailure | null {
  const endsTheRun = ["CellTimeout", "KernelDied", "ProcessExit"];
  if (failure === null || endsTheRun.includes(failure.ename)) return failure;
  return tagsOf(cell).includes("raises-exception") ? null : failure;
}

async function runCell(
  kernel: KernelClient,
  {
    index,
    source,
    timeoutSeconds,
    take,
  }: {
    readonly index: number;
    readonly source: string;
    readonly timeoutSeconds: number;
    readonly take: (output: KernelOutput) => void;
  },
): Promise<CellFailure | null> {
  try {
    const { error } = await kernel.execute(source, { onOutput: take, timeoutSeconds });
    return error === null ? null : { cell: index, ...error };
  } catch (error) {
    return kernelFailure(error, index, take);
  }
}

/** What fails behind a cell is told as that cell's failure. The kernel has shown it there. */
async function settleCell(
  kernel: KernelClient,
  {
    index,
    seconds,
    all,
    take,
  }: {
    readonly index: number;
    readonly seconds: number;
    readonly all: boolean;
    readonly take: (output: KernelOutput) => void;
  },
): Promise<{ readonly loud: readonly number[]; readonly failure: CellFailure | null }> {
  try {
    const { loud, error } = await kernel.settle(seconds, { all });
    return { loud, failure: error === null ? null : { cell: index, ...error } };
  } catch (error) {
    return { loud: [], failure: kernelFailure(error, index, take) };
  }
}

/** Always in the same words: equal runs give equal bytes, however much came within the time. */
function cutNote(seconds: number): string {
  return (
    `(Something that this cell started was still running ${seconds} s after the cell had ended. ` +
    "What it printed after the cell is left out; await it, or allow more time with --settle.)\n"
  );
}

function kernelFailure(error: unknown, index: number, take: (output: KernelOutput) => void): CellFailure {
  if (!(error instanceof KernelError)) throw error;
  const told = { ename: error.name, evalue: error.message, traceback: [`${error.name}: ${error.message}`] };
  take({ type: "error", ...told });
  return { cell: index, ...told };
}

function withOutputs(cell: Cell, executionCount: number | null, outputs: readonly Output[]): Cell {
  return isRun(cell) ? { ...cell, execution_count: executionCount, outputs } : cell;
}
