import { performance } from "node:perf_hooks";
import { runOutcome } from "./formatRun.js";
import type { NotebookProgress } from "./runNotebooks.js";

/** Where progress goes: process.stderr, or a stand-in for it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows notebooks as they run: on a terminal one line each, rewritten with the cell and the seconds gone;
 * elsewhere plain lines, one per cell and one per finished notebook.
 *
 * @param options.now  milliseconds on a clock that only runs forward
 * @returns the function to hand to runNotebooks as onProgress
 */
export function progressReport(
  stream: ProgressStream,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): (progress: NotebookProgress) => void {
  let started: { readonly name: string; readonly at: number } | null = null;
  let ticking: NodeJS.Timeout | null = null;
  return (progress) => {
    if (ticking !== null) clearInterval(ticking);
    ticking = null;
    if (started?.name !== progress.name) started = { name: progress.name, at: now() };
    const { at } = started;
    if (progress.state === "starting" || progress.state === "running") {
      const line = `${progress.name}: ${progress.state === "starting" ? "starting" : `cell ${progress.cell}/${progress.of}`}`;
      if (stream.isTTY === true) {
        const show = (): void =>
          void stream.write(`${startOfLine}${cut(`${line}, ${Math.round((now() - at) / 1000)} s`, stream)}`);
        show();
        // A long cell shows that it lives; the timer alone keeps no process alive.
        ticking = setInterval(show, 1000).unref();
      } else if (progress.state === "running") stream.write(`${line}\n`);
      return;
    }
    const seconds =
      progress.state === "done" || progress.state === "failed" ? ` in ${((now() - at) / 1000).toFixed(1)} s` : "";
    stream.write(`${stream.isTTY === true ? startOfLine : ""}${progress.name}: ${runOutcome(progress)}${seconds}\n`);
  };
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
  return (news) => void stream.write(stream.isTTY === true ? `${startOfLine}${cut(news, stream)}` : `${news}\n`);
}
