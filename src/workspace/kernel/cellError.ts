import { inspect } from "node:util";
import type { CellDiagnostic } from "./CellCompiler.js";
import { withoutMachinePaths } from "./installStackTraces.js";
import { inAuthorsNames } from "./liveNames.js";

/** Why a cell failed, in the words of the Jupyter protocol. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

// A ring of causes has no end.
const deepest = 5;
const mostOfSeveral = 10;

/**
 * Fault: stock tslab prints errors to stderr and reports none, so that no client can say
 * what failed. This is what a thrown value says of itself, with its cause, with the errors that an AggregateError
 * gathers, and with the one that a SuppressedError hides.
 */
export function cellError(thrown: unknown, root: string): CellError {
  if (isInterrupt(thrown)) {
    const evalue =
      "the cell was interrupted; timers and requests that it had started may run on until the kernel is restarted";
    return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
  }
  const { ename, evalue } = describe(thrown);
  const traceback = told(thrown, deepest);
  return {
    ename,
    evalue: withoutMachinePaths(evalue, root),
    traceback: traceback.map((line) => withoutMachinePaths(line, root)),
  };
}

/** The report of a cell that does not compile: a line for each thing that is wrong, at its place. */
export function typeError(diagnostics: readonly CellDiagnostic[], cell: number, root: string): CellError {
  const traceback = diagnostics.map(({ file, line, column, message }) =>
    withoutMachinePaths(`${file ?? `cell ${cell}`}:${line}:${column} - ${message}`, root),
  );
  return { ename: "TypeScriptError", evalue: traceback[0], traceback };
}

function told(thrown: unknown, depth: number): string[] {
  const { ename, evalue } = describe(thrown);
  const lines = stackLines(thrown, `${ename}: ${evalue}`);
  if (depth === 0) return lines;
  const inner = innerErrors(thrown).flatMap(({ label, error }) => {
    const [first, ...rest] = told(error, depth - 1);
    return [`${label} ${first}`, ...rest];
  });
  return [...lines, ...inner];
}

/** The errors behind an error, each with the words that lead to it. */
function innerErrors(thrown: unknown): { readonly label: string; readonly error: unknown }[] {
  if (!isErrorLike(thrown)) return [];
  const { cause, errors, error, suppressed } = thrown as Partial<AggregateError & SuppressedError> & Error;
  const several = Array.isArray(errors) ? errors : [];
  const pair = thrown.name === "SuppressedError" ? [error, suppressed] : [];
  return [
    ...several.slice(0, mostOfSeveral).map((one: unknown, at) => ({
      label: `error ${at + 1} of ${several.length}:`,
      error: one,
    })),
    ...pair.map((one, at) => ({ label: at === 0 ? "thrown last:" : "thrown before it:", error: one })),
    ...(cause === undefined ? [] : [{ label: "caused by", error: cause as unknown }]),
  ];
}

interface SuppressedError {
  readonly error: unknown;
  readonly suppressed: unknown;
}

/** A waiting cell is rejected with this message; Node ends a running one with this code. */
function isInterrupt(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (thrown.message === "Interrupted asynchronously" ||
      (thrown as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
  );
}

function describe(thrown: unknown): { readonly ename: string; readonly evalue: string } {
  if (isErrorLike(thrown)) return { ename: String(thrown.name || "Error"), evalue: String(thrown.message) };
  return { ename: "Error", evalue: `${inWords(thrown)} was thrown` };
}

function inWords(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  try {
    return inspect(value, { breakLength: Infinity, depth: 1, maxArrayLength: 10, maxStringLength: 200 });
  } catch {
    return "something that cannot be printed";
  }
}

function stackLines(thrown: unknown, heading: string): string[] {
  const stack = isErrorLike(thrown) && typeof thrown.stack === "string" ? inAuthorsNames(thrown.stack) : "";
  // Node puts an excerpt of the compiled code before some stacks.
  const start = Math.max(0, stack.indexOf(heading));
  return (stack === "" ? heading : stack.slice(start)).split("\n");
}

/** Errors of another realm (a jsdom window, a worker) are no instances of this one's Error. */
function isErrorLike(thrown: unknown): thrown is Error {
  return (
    thrown instanceof Error ||
    (typeof thrown === "object" &&
      thrown !== null &&
      typeof (thrown as Error).message === "string" &&
      typeof (thrown as Error).name === "string")
  );
}
