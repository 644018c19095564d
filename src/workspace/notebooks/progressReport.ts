import { performance } from "node:perf_hooks";
import { runOutcome } from "./formatRun.js";
import { visibleText } from "../../core/visibleText.js";
import type { NotebookProgress } from "./runNotebooks.js";

/** Where progress goes: process.stderr, or a stand-in for it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows notebooks as they run: on a terminal one line, rewritten with the cell and the seconds gone of each notebook
 * that runs; elsewhere plain lines, one per cell and one per finished notebook.
 *
 * @param options.now  milliseconds on a clock that only runs forward
 * @returns the function to hand to runNotebooks as onProgress
 */
export function progressReport(
  stream: ProgressStream,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): (progress: NotebookProgress) => void {
  const write = (text: string, before = ""): unknown => stream.write(`${before}${visibleText(text, { layout: true })}`);
  const running = new Map<string, { readonly at: number; readonly line: string }>();
  let ticking: NodeJS.Timeout | null = null;
  const show = (): void => {
    const lines = [...running.values()].map(({ at, line }) => `${line}, ${Math.round((now() - at) / 1000)} s`);
    write(cut(lines.join("; "), stream), startOfLine);
  };
  return (progress) => {
    const { name } = progress;
    if (ticking !== null) clearInterval(ticking);
    ticking = null;
    const at = running.get(name)?.at ?? now();
    if (progress.state === "starting" || progress.state === "running") {
      const line = `${name}: ${progress.state === "starting" ? "starting" : `cell ${progress.cell}/${progress.of}`}`;
      running.set(name, { at, line });
      if (stream.isTTY !== true && progress.state === "running") write(`${line}\n`);
    } else {
      running.delete(name);
      const took =
        progress.state === "done" || progress.state === "failed" ? ` in ${seconds((now() - at) / 1000)}` : "";
      const used = progress.state === "done" ? (progress.processorSeconds ?? null) : null;
      const processor = used === null ? "" : `, processor ${seconds(used)}`;
      write(`${name}: ${runOutcome(progress)}${took}${processor}\n`, stream.isTTY === true ? startOfLine : "");
    }
    if (stream.isTTY !== true || running.size === 0) return;
    show();
    // A long cell shows that it lives; the timer alone keeps no process alive.
    ticking = setInterval(show, 1000).unref();
  };
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

/** Back to the first column, with what stood there erased. */
const startOfLine = "\r\x1b[2K";

/** A line that wraps could not be rewritten. Pipes that pose as terminals report 0 columns. */
function cut(line: string, { columns = 0 }: ProgressStream): string {
  const width = (columns > 0 ? columns : 80) - 1;
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

/** Shows long work as it goes: on a terminal one line, rewritten; elsewhere a plain line for each piece of news. */
export function linesReport(stream: ProgressStream): (news: string) => void {
  return (news) => {
    const line = visibleText(news);
    stream.write(stream.isTTY === true ? `${startOfLine}${cut(line, stream)}` : `${line}\n`);
  };
}
