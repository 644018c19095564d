import { InputError } from "../../../core/InputError.js";
import { installed } from "./installed.js";
import type { TensorFlow } from "./TensorflowBackend.js";

/** What we use of the packages, which are optional. */
interface Webgpu {
  readonly create: (options: readonly string[]) => Gpu;
  readonly globals: object;
}
interface Gpu {
  requestAdapter(options: object): Promise<Adapter | null>;
}
interface Adapter {
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(options: object): Promise<Device>;
}
interface Device {
  addEventListener(
    name: "uncapturederror",
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
}
interface BackendPackage {
  readonly WebGPUBackend: new (device: Device, info: object) => ReturnType<TensorFlow["backend"]>;
}

/** A batch of a wide layer goes beyond WebGPU's least limits. */
const raisedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupsPerDimension",
];

const where = "training, engine tensorflow-webgpu";

/**
 * Makes the card known to TensorFlow.js as "webgpu".
 *
 * @returns the card in words, and what went wrong on it since it started, such as memory that ran out
 * @throws InputError if the packages are not installed, there is no card, or it is software (unless
 *   the environment variable TWIN_SOFTWARE_GPU is 1)
 */
export async function registerWebgpu(
  tf: TensorFlow,
): Promise<{ readonly adapter: string; readonly failure: () => string | null }> {
  const mend =
    "install both packages with `npm install --no-save -D webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0`";
  const { create, globals } = await installed<Webgpu>("webgpu", "tensorflow-webgpu", mend);
  const gpu = create([]);
  // The backend looks for the names of a browser, and navigator.gpu must outlive it.
  Object.assign(globalThis, globals);
  if (globalThis.navigator === undefined)
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true });
  Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
  const { WebGPUBackend } = await installed<BackendPackage>(
    "@tensorflow/tfjs-backend-webgpu",
    "tensorflow-webgpu",
    mend,
  );
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null)
    throw new InputError({
      where,
      must: "must find a card",
      got: "none",
      mend: "install the card's Vulkan driver (on Linux also libvulkan1), or choose simd",
    });
  const { vendor, architecture, description, isFallbackAdapter = false } = adapter.info;
  const card = [vendor, architecture, description].filter((word) => word !== "").join(" ");
  if ((isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(card)) && process.env.TWIN_SOFTWARE_GPU !== "1") {
    throw new InputError({
      where,
      must: "must find a card",
      got: `software that imitates one (${card})`,
      mend: "choose simd, which is much faster; set TWIN_SOFTWARE_GPU=1 to test with it",
    });
  }
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, adapter.limits[limit]])),
  });
  // Else wrong numbers would be all that tells of it.
  let failure: string | null = null;
  device.addEventListener("uncapturederror", ({ error }) => (failure ??= error.message));
  // Its import registers one with limits too low.
  if (tf.findBackendFactory("webgpu") !== null) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
  return { adapter: card, failure: () => failure };
}
