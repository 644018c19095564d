import { InputError } from "../../core/InputError.js";
import { simdTraining } from "./simd/simdTraining.js";
import { tensorflowTraining } from "./tensorflow/tensorflowTraining.js";
import { type TrainingEngine, type TrainingEngineName, trainingEngineNames } from "./TrainingEngine.js";
import { typescriptTraining } from "./typescript/typescriptTraining.js";

/**
 * Makes a training engine by its name. The engine simd is the fast one, in float32; typescript the readable one, in
 * float64, by which the others are judged. Each of the two gives the same bytes for the same task on every machine.
 * tensorflow-webgpu and tensorflow-node compute on a graphics card. An engine never falls back to another.
 *
 * @throws InputError if there is no such engine, or it cannot work here, with what to do about it
 */
export async function makeTrainingEngine(name: TrainingEngineName): Promise<TrainingEngine> {
  switch (name) {
    case "simd":
      return simdTraining();
    case "typescript":
      return typescriptTraining;
    case "tensorflow-wasm":
      return tensorflowTraining("wasm");
    case "tensorflow-cpu":
      return tensorflowTraining("cpu");
    case "tensorflow-webgpu":
      return tensorflowTraining("webgpu");
    case "tensorflow-node":
      return tensorflowTraining("node");
    default:
      throw new InputError({
        where: "training, engine",
        must: `must be one of ${trainingEngineNames.join(", ")}`,
        got: `"${String(name)}"`,
        mend: "choose one of them",
      });
  }
}
