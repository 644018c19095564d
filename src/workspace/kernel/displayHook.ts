import type { MimeBundle } from "../notebooks/Notebook.js";

/** How code that runs in a cell shows something in the notebook. */
export interface DisplayHook {
  readonly show: (data: MimeBundle) => void;
  /** Shows something and returns the function that replaces it in place. */
  readonly showUpdatable: (data: MimeBundle) => (next: MimeBundle) => void;
}

// The kernel and the package in its cells are loaded apart from each other (one by import, one by
// require): they meet in a symbol that both know.
const name = Symbol.for("cspbbr3-twin.display");

/** The kernel's hook, or null outside a kernel. */
export function displayHook(): DisplayHook | null {
  return ((globalThis as Record<symbol, unknown>)[name] as DisplayHook | undefined) ?? null;
}

export function installDisplayHook(hook: DisplayHook): void {
  Object.defineProperty(globalThis, name, { value: hook, configurable: true });
}
