import type { KernelOutput } from "../kernel/kernelConversation.js";
import type { Output } from "./Notebook.js";
import { overwritten } from "./overwritten.js";

/** The outputs of a notebook's cells while they come in. */
export interface Transcript {
  /** Takes the outputs of a cell, also those that come late. */
  readonly listen: (cell: number, executionCount: number) => (output: KernelOutput) => void;
  /** The cell has ended; what comes from here on comes late. */
  readonly end: (cell: number) => void;
  /** Leaves out what came late and all that is still to come, and says so. */
  readonly cut: (cell: number, note: string) => void;
  readonly outputs: (cell: number) => readonly Output[];
}

interface Written {
  readonly list: Output[];
  /** As they stood when the cell had ended. */
  atEnd: readonly Output[];
  isCut: boolean;
  clearsNext: boolean;
}

/**
 * Keeps outputs as a front end would: streams are merged, with lines that overwrite each other (a carriage return, a
 * backspace) as they stand in the end; an updated display is replaced where it stands; cleared outputs go.
 */
export function newTranscript(): Transcript {
  const cells = new Map<number, Written>();
  // A display that is updated later, from whichever cell, is replaced where it stands.
  const places = new Map<string, { readonly list: Output[]; readonly at: number }>();

  const writtenBy = (cell: number): Written => {
    const known = cells.get(cell) ?? { list: [], atEnd: [], isCut: false, clearsNext: false };
    cells.set(cell, known);
    return known;
  };
  const forgetPlaces = (list: Output[], from: number): void => {
    for (const [id, place] of places) if (place.list === list && place.at >= from) places.delete(id);
  };
  const clear = (written: Written): void => {
    written.list.length = 0;
    written.clearsNext = false;
    forgetPlaces(written.list, 0);
  };

  function take(written: Written, output: KernelOutput, executionCount: number): void {
    if (written.isCut) return;
    if (output.type === "clear") {
      if (output.wait) written.clearsNext = true;
      else clear(written);
      return;
    }
    if (output.type === "display" && output.update) {
      const place = output.displayId === null ? undefined : places.get(output.displayId);
      if (place !== undefined) place.list[place.at] = shown(output);
      return;
    }
    if (written.clearsNext) clear(written);
    const { list } = written;
    if (output.type === "stream") {
      const last = list.at(-1);
      const before = last?.output_type === "stream" && last.name === output.name ? last.text : null;
      if (before !== null) list.pop();
      list.push({ output_type: "stream", name: output.name, text: (before ?? "") + output.text });
    } else if (output.type === "display") {
      list.push(shown(output));
      if (output.displayId !== null) places.set(output.displayId, { list, at: list.length - 1 });
    } else if (output.type === "result") {
      const { data, metadata } = output;
      list.push({ output_type: "execute_result", data, execution_count: executionCount, metadata });
    } else {
      const { ename, evalue, traceback } = output;
      list.push({ output_type: "error", ename, evalue, traceback });
    }
  }

  return {
    listen: (cell, executionCount) => {
      const written = writtenBy(cell);
      return (output) => take(written, output, executionCount);
    },
    end: (cell) => {
      const written = writtenBy(cell);
      written.atEnd = [...written.list];
    },
    cut: (cell, note) => {
      const written = writtenBy(cell);
      if (written.isCut) return;
      written.isCut = true;
      forgetPlaces(written.list, written.atEnd.length);
      written.list.splice(0, Infinity, ...written.atEnd, { output_type: "stream", name: "stderr", text: note });
    },
    outputs: (cell) =>
      (cells.get(cell)?.list ?? []).map((one) =>
        one.output_type === "stream" ? { ...one, text: overwritten(one.text) } : one,
      ),
  };
}

function shown({ data, metadata }: Extract<KernelOutput, { type: "display" }>): Output {
  return { output_type: "display_data", data, metadata };
}
