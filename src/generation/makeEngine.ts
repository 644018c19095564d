import type { ExperimentEngine, TwinSetup } from "./ExperimentEngine.js";
import { simdEngine } from "./simd/simdEngine.js";
import { typescriptEngine } from "./typescriptEngine.js";

export type EngineName = ExperimentEngine["name"];

/** @throws InputError if the WebAssembly was not built */
export async function makeEngine(name: EngineName, setup: TwinSetup): Promise<ExperimentEngine> {
  return name === "typescript" ? typescriptEngine(setup) : simdEngine(setup);
}
