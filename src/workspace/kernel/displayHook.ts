import type { MimeBundle } from "../notebooks/Notebook.js";

/** How code that runs in a cell shows something in the notebook, and asks its reader. */
export interface DisplayHook {
  readonly show: (data: MimeBundle) => void;
  /** Shows something and returns the function that replaces it in place. */
  readonly showUpdatable: (data: MimeBundle) => (next: MimeBundle) => void;
  /** Takes away what the cell has shown so far: at once, or when it shows the next thing. */
  readonly clear: (options: { readonly wait: boolean }) => void;
  /** Asks whoever sits before the front end. */
  readonly ask: (text: string, options: { readonly password: boolean }) => Promise<string>;
}

// A cell may import another copy of the package than the one whose kernel runs it: they meet in a symbol of both.
const name = Symbol.for("cspbbr3-twin.display");

/** The kernel's hook, or null outside a kernel. */
export function displayHook(): DisplayHook | null {
  return ((globalThis as Record<symbol, unknown>)[name] as DisplayHook | undefined) ?? null;
}

export function installDisplayHook(hook: DisplayHook): void {
  Object.defineProperty(globalThis, name, { value: hook, configurable: true });
}
