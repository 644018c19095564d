/** A WebAssembly program: its AssemblyScript source below src, and the file below dist that it is compiled to. */
export interface WasmSource {
  readonly entry: string;
  readonly output: string;
}

export type WasmName = "experiments" | "search" | "logistic" | "gaussian" | "train" | "drift";

/** All WebAssembly programs, for those who build them, read them, and hash what they are made from. */
export const wasmPrograms: Readonly<Record<WasmName, WasmSource>> = {
  experiments: { entry: "generation/simd/assembly/experiments.ts", output: "generation/simd/experiments.wasm" },
  search: { entry: "neighbours/assembly/search.ts", output: "neighbours/search.wasm" },
  logistic: { entry: "training/baselines/assembly/logistic.ts", output: "training/baselines/logistic.wasm" },
  gaussian: { entry: "training/baselines/assembly/gaussian.ts", output: "training/baselines/gaussian.wasm" },
  drift: { entry: "monitoring/detectors/assembly/drift.ts", output: "monitoring/detectors/drift.wasm" },
  train: { entry: "training/engines/simd/assembly/train.ts", output: "training/engines/simd/train.wasm" },
};
