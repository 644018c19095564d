import type * as core from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

export type TensorFlow = typeof core;

/** Where TensorFlow.js computes: WebAssembly, plain JavaScript, any vendor's card by WebGPU, NVIDIA's by CUDA. */
export type TensorflowBackendName = "wasm" | "cpu" | "webgpu" | "node";

/** A part of TensorFlow.js that computes, ready for use. */
export interface TensorflowBackend {
  readonly tf: TensorFlow;
  /** What computes, in words. */
  readonly adapter: string;
  /** Whether products of K pairs of matrices are best asked for one by one. */
  readonly isFastestByPair: boolean;
  /** Does tensor operations here, at once, and brings their results back; no tensor outlives it. */
  readonly compute: (work: () => Tensor[]) => Promise<readonly Float32Array[]>;
}
