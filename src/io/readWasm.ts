import { readFileSync } from "node:fs";
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

const compiledAtOnce = new Map<WasmName, WebAssembly.Module>();

/**
 * The same for functions that answer at once: a small program, compiled once per thread.
 *
 * @throws InputError if it is missing or damaged
 */
export function readWasmAtOnce(program: WasmName): WebAssembly.Module {
  const known = compiledAtOnce.get(program);
  if (known !== undefined) return known;
  const path = projectPath("dist", wasmPrograms[program].output);
  try {
    const module = new WebAssembly.Module(readFileSync(path));
    compiledAtOnce.set(program, module);
    return module;
  } catch (error) {
    throw noProgram(path, error);
  }
}

async function compile(path: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(await readFile(path));
  } catch (error) {
    throw noProgram(path, error);
  }
}

function noProgram(path: string, error: unknown): InputError {
  const got = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new InputError({
    where: projectName(path),
    must: "must hold a WebAssembly program",
    got,
    mend: "npm run build",
  });
}
