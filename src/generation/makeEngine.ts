import { InputError } from "../core/InputError.js";
import type { ExperimentEngine, TwinSetup } from "./ExperimentEngine.js";
import { simdEngine } from "./simd/simdEngine.js";
import { typescriptEngine } from "./typescriptEngine.js";

/** Name of an engine that computes experiments. */
export type EngineName = ExperimentEngine["name"];

/** @throws InputError if there is no such engine, or the WebAssembly was not built */
export async function makeEngine(name: EngineName, setup: TwinSetup): Promise<ExperimentEngine> {
  checkEngineName(name);
  return name === "typescript" ? typescriptEngine(setup) : simdEngine(setup);
}

/**
 * Before threads are started, for errors lose their kind on the way out of one.
 * @throws InputError if there is no such engine
 */
export function checkEngineName(name: string): void {
  if (!["simd", "typescript"].includes(name))
    throw new InputError({
      where: "generateExperiments, engine",
      must: "must be simd or typescript",
      got: `"${name}"`,
      mend: "choose one of them",
    });
}
