import { inspect } from "node:util";
import { isNativeError } from "node:util/types";
import type { CellDiagnostic } from "./CellCompiler.js";
import { citeAuthor, inAuthorsNames } from "./citeAuthor.js";
import { projectRelative, withoutMachinePaths } from "./installStackTraces.js";

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
 * gathers, and with the one that a SuppressedError hides. It never throws, whatever the value does when it is read:
 * such an error was told in place of the cell's, or nothing was.
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
    withoutMachinePaths(
      `${file === null ? `cell ${cell}` : projectRelative(file, root)}:${line}:${column} - ${message}`,
      root,
    ),
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
  const at = (name: string): unknown => attempt(() => (thrown as unknown as Record<string, unknown>)[name], undefined);
  const cause = at("cause");
  const several = attempt(() => listed(at("errors")), []);
  const pair = at("name") === "SuppressedError" ? [at("error"), at("suppressed")] : [];
  return [
    ...several.slice(0, mostOfSeveral).map((one, index) => ({
      label: `error ${index + 1} of ${several.length}:`,
      error: one,
    })),
    ...pair.map((one, index) => ({ label: index === 0 ? "thrown last:" : "thrown before it:", error: one })),
    ...(cause === undefined ? [] : [{ label: "caused by", error: cause }]),
  ];
}

/** A waiting cell is rejected with this message; Node ends a running one with this code. */
function isInterrupt(thrown: unknown): boolean {
  if (!isNativeError(thrown)) return false;
  return attempt(() => {
    const { message, code } = thrown as NodeJS.ErrnoException;
    return message === "Interrupted asynchronously" || code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
  }, false);
}

function describe(thrown: unknown): { readonly ename: string; readonly evalue: string } {
  citeAuthor(thrown);
  if (isErrorLike(thrown))
    return {
      ename: attempt(() => String(thrown.name || "Error"), "Error"),
      evalue: attempt(() => String(thrown.message), "(its message cannot be read)"),
    };
  return { ename: "Error", evalue: `${inWords(thrown)} was thrown` };
}

function inWords(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const limits = { breakLength: Infinity, depth: 1, maxArrayLength: 10, maxStringLength: 200 };
  return attempt(() => inspect(value, limits), "something that cannot be printed");
}

function stackLines(thrown: unknown, heading: string): string[] {
  const said = attempt(() => (thrown as Partial<Error> | null | undefined)?.stack, "");
  const stack = isErrorLike(thrown) && typeof said === "string" ? inAuthorsNames(said) : "";
  // Node puts an excerpt of the compiled code before some stacks.
  const start = Math.max(0, stack.indexOf(heading));
  return (stack === "" ? heading : stack.slice(start)).split("\n");
}

/** Errors of another realm (a jsdom window, a worker) are no instances of this one's Error. */
function isErrorLike(thrown: unknown): thrown is Error {
  if (isNativeError(thrown)) return true;
  return attempt(() => {
    if (thrown instanceof Error) return true;
    const { name, message } = thrown as Partial<Error>;
    return typeof thrown === "object" && typeof message === "string" && typeof name === "string";
  }, false);
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice() : [];
}

function attempt<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
