import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TensorflowBackend } from "../../../../src/training/engines/tensorflow/TensorflowBackend.js";

interface FakeInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

const card: FakeInfo = { vendor: "acme", architecture: "rocket", description: "" };

/** What the backend wants to be told when the card fails. */
let fail: (event: { readonly error: { readonly message: string } }) => void = () => {};

/**
 * Starts the backend anew in a process in which the packages of WebGPU are these
 * imitations: the "card" computes in JavaScript.
 */
async function register(info: FakeInfo | null): Promise<TensorflowBackend> {
  vi.doMock("webgpu", () => ({
    globals: {},
    create: () => ({
      requestAdapter: () =>
        Promise.resolve(
          info === null
            ? null
            : {
                info,
                limits: { maxBufferSize: 7 },
                requestDevice: ({ requiredLimits }: { requiredLimits: object }) =>
                  Promise.resolve({
                    ...requiredLimits,
                    addEventListener: (_: string, listener: typeof fail) => (fail = listener),
                  }),
              },
        ),
    }),
  }));
  vi.doMock("@tensorflow/tfjs-backend-webgpu", () => ({
    WebGPUBackend: class extends MathBackendCPU {
      constructor(device: { readonly maxBufferSize: number }) {
        super();
        expect(device.maxBufferSize).toBe(7);
      }
    },
  }));
  vi.resetModules();
  const { startTensorflow } = await import("../../../../src/training/engines/tensorflow/startTensorflow.js");
  return startTensorflow("webgpu");
}

beforeEach(async () => {
  tf.enableProdMode();
  await tf.setBackend("cpu");
  tf.copyRegisteredKernels("cpu", "webgpu");
  vi.stubEnv("TWIN_SOFTWARE_GPU", undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.doUnmock("webgpu");
  vi.doUnmock("@tensorflow/tfjs-backend-webgpu");
  for (const { kernelName } of tf.getKernelsForBackend("webgpu")) tf.unregisterKernel(kernelName, "webgpu");
});

describe("registerWebgpu", () => {
  it("takes a card that multiplies rightly, names it, and leaves the backend in use alone", async () => {
    const tensors = tf.memory().numTensors;
    expect((await register(card)).adapter).toBe("acme rocket");
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.findBackend("webgpu")).not.toBeNull();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("refuses a card that multiplies wrongly (planted)", async () => {
    tf.unregisterKernel("BatchMatMul", "webgpu");
    const { kernelFunc } = tf.getKernel("BatchMatMul", "cpu");
    tf.registerKernel({
      kernelName: "BatchMatMul",
      backendName: "webgpu",
      kernelFunc: (call) => {
        const product = kernelFunc(call) as tf.TensorInfo;
        ((call.backend as MathBackendCPU).data.get(product.dataId).values as Float32Array)[70] += 1e-3;
        return product;
      },
    });
    await expect(register(card)).rejects.toThrow(
      /acme rocket must multiply matrices within 0\.0001; got an error of 0\.00\d+; update the driver/,
    );
  });

  it("refuses software that imitates a card, unless it is allowed", async () => {
    for (const software of [
      { ...card, isFallbackAdapter: true },
      { ...card, description: "SwiftShader driver" },
      { ...card, description: "llvmpipe (LLVM 15)" },
    ]) {
      await expect(register(software)).rejects.toThrow(
        /got software that imitates one \(acme rocket.*; choose simd.*; set TWIN_SOFTWARE_GPU=1/,
      );
    }
    vi.stubEnv("TWIN_SOFTWARE_GPU", "1");
    expect((await register({ ...card, isFallbackAdapter: true })).adapter).toBe("acme rocket");
  });

  it("gives no numbers once something went wrong on the card, and leaves no tensor (planted)", async () => {
    const { compute } = await register(card);
    const work = (): tf.Tensor[] => [tf.add(1, 2)];
    expect(Array.from((await compute(work))[0])).toEqual([3]);
    const tensors = tf.memory().numTensors;
    fail({ error: { message: "out of memory" } });
    await expect(compute(work)).rejects.toThrow("engine tensorflow-webgpu: acme rocket failed: out of memory");
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("refuses where there is no card", async () => {
    await expect(register(null)).rejects.toThrow(
      "engine tensorflow-webgpu: must find a card; got none; install the card's Vulkan driver",
    );
  });
});
