import { inCount } from "../../core/inCount.js";
import type { NotebookFailure, NotebookRun, NotebooksRun } from "./runNotebooks.js";

/** One line on how a notebook fared, without its name. */
export function runOutcome(run: NotebookRun): string {
  if (run.state === "skipped") return "skipped (unchanged)";
  if (run.state === "not run") return "not run";
  if (run.state === "failed") return `FAILED in ${failedCell(run.failure)}`;
  const removed = run.removed.length > 0 ? `, ${run.removed.length} stale removed` : "";
  const figures = counted(run.written, "figures/", "figure");
  const evidence = counted(run.written, "data/evidence/", "evidence file");
  return `done (${figures}, ${evidence}${removed})`;
}

/**
 * What a run of notebooks came to, for the terminal: a line of counts and, if any ran, of the time that all took, then
 * each failure with its error and trace.
 */
export function formatRun({ runs, seconds }: NotebooksRun): string {
  const count = (state: NotebookRun["state"]): number => runs.filter((run) => run.state === state).length;
  const counts = [
    { words: "run", number: count("done") },
    { words: "skipped (unchanged)", number: count("skipped") },
    { words: "failed", number: count("failed") },
    { words: "not run", number: count("not run") },
  ];
  const shown = counts
    .filter(({ number }, index) => index === 0 || number > 0)
    .map(({ words, number }) => `${number} ${words}`);
  const failures = runs.flatMap((run) => (run.state === "failed" ? ["", formatFailure(run.name, run.failure)] : []));
  const notRun = runs.filter(({ state }) => state === "not run").map(({ name }) => name);
  return [
    `Notebooks: ${shown.join(", ")}${timesTaken(runs, seconds)}`,
    ...failures,
    ...(notRun.length > 0 ? ["", `not run, as they build on it: ${notRun.join(", ")}`] : []),
  ].join("\n");
}

/** Processor time counts where it is known of every notebook that ran. */
function timesTaken(runs: readonly NotebookRun[], seconds: number): string {
  const ran = runs.filter((run) => run.state === "done" || run.state === "failed");
  if (ran.length === 0) return "";
  const used = ran.map((run) => (run.state === "done" ? (run.processorSeconds ?? null) : null));
  const total = used.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0 as number | null);
  return ` in ${seconds.toFixed(1)} s${total === null ? "" : `, processor ${total.toFixed(1)} s`}`;
}

/** Notebook, cell, error and trace of a failure. */
export function formatFailure(name: string, failure: NotebookFailure): string {
  const { ename, evalue, traceback } = failure;
  const error = evalue === "" ? ename : `${ename}: ${evalue}`;
  // Traces begin with the error itself, which the first line has said.
  const said = new Set(["", ...error.split("\n").map((line) => line.trim())]);
  const trace = traceback.flatMap((lines) => lines.split("\n")).filter((line) => !said.has(line.trim()));
  return [`${name}, ${failedCell(failure)}: ${error}`, ...trace.map((line) => `  ${line.trimEnd()}`)].join("\n");
}

function failedCell({ cell, firstLine }: NotebookFailure): string {
  return `cell ${cell} \`${firstLine.length > 60 ? `${firstLine.slice(0, 60)}...` : firstLine}\``;
}

function counted(paths: readonly string[], folder: string, noun: string): string {
  return inCount(paths.filter((path) => path.startsWith(folder)).length, noun);
}
