import type { CellDiagnostic } from "./CellCompiler.js";
import { withoutMachinePaths } from "./installStackTraces.js";
import { inAuthorsNames } from "./liveNames.js";

/** Why a cell failed, in the words of the Jupyter protocol. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

const maximumCauses = 5;

/**
 * Fault: stock tslab prints errors to stderr and reports none, so that no client can say
 * what failed. This is what a thrown value says of itself, causes included.
 */
export function cellError(thrown: unknown, root: string): CellError {
  if (isInterrupt(thrown)) {
    const evalue =
      "the cell was interrupted; timers and requests that it had started may run on until the kernel is restarted";
    return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
  }
  const { ename, evalue } = describe(thrown);
  const traceback = stackLines(thrown, `${ename}: ${evalue}`);
  for (
    let cause = causeOf(thrown), depth = 0;
    cause !== undefined && depth < maximumCauses;
    cause = causeOf(cause), depth++
  ) {
    const { ename: name, evalue: value } = describe(cause);
    const [first, ...rest] = stackLines(cause, `${name}: ${value}`);
    traceback.push(`caused by ${first}`, ...rest);
  }
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

/** A waiting cell is rejected with this message; Node ends a running one with this code. */
function isInterrupt(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (thrown.message === "Interrupted asynchronously" ||
      (thrown as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
  );
}

function describe(thrown: unknown): { readonly ename: string; readonly evalue: string } {
  if (isErrorLike(thrown)) return { ename: thrown.name || "Error", evalue: inAuthorsNames(thrown.message) };
  const what =
    typeof thrown === "string"
      ? JSON.stringify(thrown)
      : typeof thrown === "object" && thrown !== null
        ? "an object that is no Error"
        : String(thrown);
  return { ename: "Error", evalue: `${what} was thrown` };
}

function stackLines(thrown: unknown, heading: string): string[] {
  const stack = isErrorLike(thrown) && typeof thrown.stack === "string" ? inAuthorsNames(thrown.stack) : "";
  // Node puts an excerpt of the compiled code before some stacks.
  const start = Math.max(0, stack.indexOf(heading));
  return (stack === "" ? heading : stack.slice(start)).split("\n");
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined;
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
