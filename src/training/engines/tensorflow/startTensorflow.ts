import type { Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "../../../core/InputError.js";
import { checkProduct } from "./checkProduct.js";
import { installed } from "./installed.js";
import { registerWebgpu } from "./registerWebgpu.js";
import type { TensorFlow, TensorflowBackend, TensorflowBackendName } from "./TensorflowBackend.js";

const started = new Map<TensorflowBackendName, Promise<TensorflowBackend>>();

/**
 * Loads TensorFlow.js and one backend; the first call takes a second. Other users of TensorFlow.js in this process keep
 * the backend they chose.
 *
 * @throws InputError if the backend is not installed, finds no card, its card is software, or it computes wrongly
 */
export function startTensorflow(name: TensorflowBackendName): Promise<TensorflowBackend> {
  const known = started.get(name);
  if (known !== undefined) return known;
  const backend = start(name);
  started.set(name, backend);
  // What was missing may be there the next time.
  backend.catch(() => started.delete(name));
  return backend;
}

async function start(name: TensorflowBackendName): Promise<TensorflowBackend> {
  const tf = await import("@tensorflow/tfjs-core");
  // Else it advises on the console to install another backend.
  tf.enableProdMode();
  const { key, adapter, failure } = await register(tf, name);
  await initialize(tf, key);
  const atOnce = (work: () => Tensor[]): Tensor[] => {
    const other = tf.getBackend();
    void tf.setBackend(key);
    try {
      return tf.tidy(work);
    } finally {
      if (other) void tf.setBackend(other);
    }
  };
  const compute: TensorflowBackend["compute"] = async (work) => {
    const results = atOnce(work);
    try {
      const numbers = (await Promise.all(results.map((result) => result.data()))) as Float32Array[];
      const message = failure?.() ?? null;
      if (message !== null) throw new Error(`training, engine tensorflow-${name}: ${adapter} failed: ${message}`);
      return numbers;
    } finally {
      tf.dispose(results);
    }
  };
  // The program of wasm for many products at once is ten times slower than that for one.
  const backend = { tf, adapter, isFastestByPair: name === "wasm", compute };
  await checkProduct(backend);
  return backend;
}

/**
 * TensorFlow.js loses its way if one backend is set while another is being
 * made; one that is made already is set at once.
 */
async function initialize(tf: TensorFlow, key: string): Promise<void> {
  if (key in tf.engine().registry) return;
  const made = await tf.findBackendFactory(key)();
  tf.removeBackend(key);
  tf.registerBackend(key, () => made);
}

/** Makes a backend known to TensorFlow.js under a key of its own. */
async function register(
  tf: TensorFlow,
  name: TensorflowBackendName,
): Promise<{ readonly key: string; readonly adapter: string; readonly failure?: () => string | null }> {
  switch (name) {
    case "wasm":
      await import("@tensorflow/tfjs-backend-wasm");
      return { key: "wasm", adapter: "WebAssembly" };
    case "cpu":
      await import("@tensorflow/tfjs-backend-cpu");
      return { key: "cpu", adapter: "JavaScript" };
    case "webgpu":
      return { key: "webgpu", ...(await registerWebgpu(tf)) };
    case "node":
      return { key: "tensorflow", adapter: await registerNode(tf) };
  }
}

/** Its import registers the backend; where there is no card it would compute on the processor and not say so. */
async function registerNode(tf: TensorFlow): Promise<string> {
  const mend =
    "install it with `npm install --no-save -D @tensorflow/tfjs-node-gpu@4.22.0` where there are CUDA 11.2 and " +
    "cuDNN 8.1, on Node below 23";
  await installed("@tensorflow/tfjs-node-gpu", "tensorflow-node", mend);
  const backend = tf.findBackend("tensorflow") as { readonly binding?: { isUsingGpuDevice?(): boolean } } | null;
  if (backend?.binding?.isUsingGpuDevice?.() !== true)
    throw new InputError({
      where: "training, engine tensorflow-node",
      must: "must find a card with CUDA",
      got: "none",
      mend: "see what `nvidia-smi` says, or choose simd",
    });
  return "CUDA";
}
