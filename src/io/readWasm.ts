import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { InputError } from "../core/InputError.js";
import { projectName, projectPath } from "./projectPath.js";

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * A WebAssembly program of dist, compiled once per process: worker threads are handed the module.
 *
 * @param file  below dist, "generation/simd/experiments.wasm", or an absolute path
 * @throws InputError if it is missing or damaged
 */
export function readWasm(file: string): Promise<WebAssembly.Module> {
  const path = resolve(projectPath("dist"), file);
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
    throw new InputError({ where: projectName(path), must: "must hold a WebAssembly program", got, mend: "npm run build" });
  }
}
