import { InputError } from "../../../src/core/InputError.js";
import { type TensorflowBackendName, tensorflowBackend } from "../../../src/training/tensorflow/tensorflowBackend.js";

/** Backends that these tests can use here; webgpu where there is a card, or software for one that TWIN_SOFTWARE_GPU=1 allows. */
export async function availableBackends(): Promise<readonly TensorflowBackendName[]> {
  try {
    await tensorflowBackend("webgpu");
    return ["wasm", "cpu", "webgpu"];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.warn(`tests of training on webgpu are skipped: ${error.message}`);
    return ["wasm", "cpu"];
  }
}
