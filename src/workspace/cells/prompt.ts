import { displayHook } from "../kernel/displayHook.js";
import { StdinNotAllowed } from "../kernel/StdinNotAllowed.js";

/**
 * Asks whoever sits before the front end for a line of input: `const name = await prompt("name? ")`. In cells it is
 * also a global.
 *
 * @param options.password  what is typed is not shown (default false)
 * @throws StdinNotAllowed at once where nobody can be asked: in a headless run, and outside a kernel
 */
export async function prompt(text = "", { password = false }: { readonly password?: boolean } = {}): Promise<string> {
  const hook = displayHook();
  if (hook === null) throw new StdinNotAllowed();
  return hook.ask(text, { password });
}
