import { readFile } from "node:fs/promises";
import { InputError } from "../core/InputError.js";
import { projectName, projectPath } from "./projectPath.js";
import { type WasmName, wasmPrograms } from "./wasmPrograms.js";

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * A WebAssembly program, compiled once per process: worker threads are handed the module.
 *
 * @param program  its name in wasmPrograms, or the absolute path of one built elsewhere
 * @throws InputError if it is missing or damaged
 */
export function readWasm(program: WasmName | { readonly path: string }): Promise<WebAssembly.Module> {
  const path = typeof program === "string" ? projectPath("dist", wasmPrograms[program].output) : program.path;
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const module = compile(path);
  compiled.set(path, module);
  // What was missing may be there the next time.
  module.catch(() => compiled.delete(path));
  return module;
}

async function compile(path: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(await readFile(path));
  } catch (error) {
    const got = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError({
      where: projectName(path),
      must: "must hold a WebAssembly program",
      got,
      mend: "npm run build",
    });
  }
}
