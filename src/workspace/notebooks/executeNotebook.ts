import { startKernel } from "../kernel/KernelClient.js";
import type { KernelClient } from "../kernel/KernelClient.js";
import { KernelError } from "../kernel/KernelError.js";
import type { KernelOutput } from "../kernel/kernelConversation.js";
import type { Cell, Notebook, Output } from "./Notebook.js";

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
 * updated displays stand where they first appeared.
 *
 * @param options.directory           working directory of the cells
 * @param options.environment         variables added to this process's own
 * @param options.cellTimeoutSeconds  a cell that runs longer fails and its kernel is stopped (default 600)
 * @param options.onCell              called as each cell begins and ends
 * @throws InputError if the project is not built
 */
export async function executeNotebook(
  notebook: Notebook,
  {
    directory,
    environment = {},
    cellTimeoutSeconds = 600,
    onCell = () => undefined,
  }: {
    readonly directory: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly cellTimeoutSeconds?: number;
    readonly onCell?: (progress: CellProgress) => void;
  },
): Promise<Execution> {
  const runs = notebook.cells.flatMap((cell, index) =>
    cell.cell_type === "code" && cell.source.trim() !== "" ? [{ index, source: cell.source }] : [],
  );
  const transcript = newTranscript();
  if (runs.length === 0)
    return { notebook: { cells: notebook.cells.map((cell) => withOutputs(cell, null, [])) }, failure: null };
  const kernel = await startKernel({ directory, environment });
  let failure: CellFailure | null = null;
  let ran = 0;
  let processorSeconds: number | null = null;
  try {
    for (const { index, source } of runs) {
      ran++;
      onCell({ cell: ran, of: runs.length, state: "running" });
      failure = await runCell(kernel, {
        index,
        source,
        timeoutSeconds: cellTimeoutSeconds,
        take: transcript.listen(index),
      });
      const last = ran === runs.length;
      if (failure === null && last) failure = await failedBehind(kernel, index, transcript.listen(index));
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
  return { notebook: { cells }, failure, processorSeconds };
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

/** What fails behind the last cell is told as that cell's failure: no other is left to carry it. */
async function failedBehind(
  kernel: KernelClient,
  index: number,
  take: (output: KernelOutput) => void,
): Promise<CellFailure | null> {
  try {
    const error = await kernel.settle();
    if (error === null) return null;
    take({ type: "error", ...error });
    return { cell: index, ...error };
  } catch (error) {
    return kernelFailure(error, index, take);
  }
}

function kernelFailure(error: unknown, index: number, take: (output: KernelOutput) => void): CellFailure {
  if (!(error instanceof KernelError)) throw error;
  const told = { ename: error.name, evalue: error.message, traceback: [`${error.name}: ${error.message}`] };
  take({ type: "error", ...told });
  return { cell: index, ...told };
}

interface Transcript {
  readonly listen: (cell: number) => (output: KernelOutput) => void;
  readonly outputs: (cell: number) => readonly Output[];
}

function newTranscript(): Transcript {
  const outputs = new Map<number, Output[]>();
  // A display that is updated later, from whichever cell, is replaced where it stands.
  const places = new Map<string, { readonly list: Output[]; readonly at: number }>();
  const listOf = (cell: number): Output[] => {
    if (!outputs.has(cell)) outputs.set(cell, []);
    return outputs.get(cell)!;
  };
  return {
    outputs: (cell) => outputs.get(cell) ?? [],
    listen: (cell) => (output) => {
      const list = listOf(cell);
      const last = list.at(-1);
      if (output.type === "stream") {
        const text = last?.output_type === "stream" && last.name === output.name ? last.text + output.text : null;
        if (text === null) list.push({ output_type: "stream", name: output.name, text: output.text });
        else list[list.length - 1] = { output_type: "stream", name: output.name, text };
      } else if (output.type === "display") {
        const shown: Output = { output_type: "display_data", data: output.data, metadata: output.metadata };
        const place = output.displayId === null ? undefined : places.get(output.displayId);
        if (output.update) {
          if (place !== undefined) place.list[place.at] = shown;
          return;
        }
        list.push(shown);
        if (output.displayId !== null) places.set(output.displayId, { list, at: list.length - 1 });
      } else {
        const { ename, evalue, traceback } = output;
        list.push({ output_type: "error", ename, evalue, traceback });
      }
    },
  };
}

function withOutputs(cell: Cell, executionCount: number | null, outputs: readonly Output[]): Cell {
  return cell.cell_type === "code" ? { ...cell, execution_count: executionCount, outputs } : cell;
}
