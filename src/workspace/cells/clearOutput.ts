import { displayHook } from "../kernel/displayHook.js";

/**
 * Takes away what the cell has shown so far, as a table that is drawn anew wants it. Outside a kernel it does nothing:
 * what a terminal has shown stays.
 *
 * @param options.wait  only when the next thing is shown, so that nothing flickers (default false)
 */
export function clearOutput({ wait = false }: { readonly wait?: boolean } = {}): void {
  displayHook()?.clear({ wait });
}
