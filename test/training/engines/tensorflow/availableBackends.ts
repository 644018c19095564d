import { InputError } from "../../../../src/core/InputError.js";
import { startTensorflow } from "../../../../src/training/engines/tensorflow/startTensorflow.js";
import type { TensorflowBackendName } from "../../../../src/training/engines/tensorflow/TensorflowBackend.js";

/**
 * Backends that these tests can use here; webgpu where there is a card, or
 * software for one that TWIN_SOFTWARE_GPU=1 allows.
 */
export async function availableBackends(): Promise<readonly TensorflowBackendName[]> {
  try {
    await startTensorflow("webgpu");
    return ["wasm", "cpu", "webgpu"];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.warn(`tests of training on webgpu are skipped: ${error.message}`);
    return ["wasm", "cpu"];
  }
}
