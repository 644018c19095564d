import { InputError } from "../core/InputError.js";
import { simdTraining } from "./simd/simdTraining.js";
import type { TrainingEngine } from "./TrainingEngine.js";
import { typescriptTraining } from "./typescript/typescriptTraining.js";

export type TrainingEngineName = TrainingEngine["name"];

/**
 * simd is the fast one, in float32; typescript the readable one, in float64, by which the other is judged. Each gives
 * the same bytes for the same task on every machine.
 *
 * @throws InputError if there is no such engine, or the WebAssembly was not built
 */
export async function makeTrainingEngine(name: TrainingEngineName): Promise<TrainingEngine> {
  checkTrainingEngineName(name);
  return name === "typescript" ? typescriptTraining : simdTraining();
}

/** @throws InputError if there is no such engine */
export function checkTrainingEngineName(name: string): void {
  if (!["simd", "typescript"].includes(name)) throw new InputError({ where: "training, engine", must: "must be simd or typescript", got: `"${name}"`, mend: "choose one of them" });
}
