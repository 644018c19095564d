import { join } from "node:path";
import { projectPath } from "../../../src/io/projectPath.js";
import { readWasm } from "../../../src/io/readWasm.js";
import { MemoryMap } from "../../../src/generation/simd/memoryMap.js";
import { buildWasm } from "../../../src/workspace/buildWasm.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

type Stage = (from: number, to: number) => void;

/** What assembly/probe.ts exports. */
export interface Probe {
  readonly expStage: Stage;
  readonly logStage: Stage;
  readonly powStage: Stage;
  readonly sigmoidStage: Stage;
  readonly sincosStage: Stage;
  readonly normalStage: Stage;
  readonly minMaxStage: Stage;
  readonly gatherStage: Stage;
  readonly setKey: (key0: number, key1: number) => void;
  readonly wordStage: (from: number, to: number, firstRow: number, block: number) => void;
  readonly uniformStage: (from: number, to: number, firstRow: number, block: number) => void;
  readonly slotOfLeadYield: () => number;
}

export const columnRows = 4096;

/** The probe and a view of one of its columns, as float32 or as words. */
export interface RunningProbe {
  readonly probe: Probe;
  readonly numbers: (column: number) => Float32Array;
  readonly words: (column: number) => Uint32Array;
}

/** Compiles assembly/probe.ts, which wraps the SIMD functions in stages, and starts it. */
export async function startProbe(): Promise<RunningProbe> {
  const output = join(await temporaryFolder(), "probe.wasm");
  await buildWasm({ entry: projectPath("test/generation/simd/assembly/probe.ts"), output });
  const memory = new WebAssembly.Memory({ initial: 8 });
  const { exports } = await WebAssembly.instantiate(await readWasm({ path: output }), { env: { memory } });
  const address = (column: number): number => MemoryMap.columns + column * MemoryMap.columnStride;
  return {
    probe: exports as unknown as Probe,
    numbers: (column) => new Float32Array(memory.buffer, address(column), columnRows),
    words: (column) => new Uint32Array(memory.buffer, address(column), columnRows),
  };
}

/** One stage over as many inputs as there are, 4096 at a time; gives the outputs of column 2, or of those asked for. */
export function throughStage(
  { numbers }: RunningProbe,
  stage: Stage,
  inputs: readonly Float32Array[],
  outputs: readonly number[] = [2],
): Float32Array[] {
  const count = inputs[0].length;
  const results = outputs.map(() => new Float32Array(count));
  for (let from = 0; from < count; from += columnRows) {
    inputs.forEach((input, column) => numbers(column).set(input.subarray(from, from + columnRows)));
    stage(0, columnRows);
    outputs.forEach((column, i) =>
      results[i].set(numbers(column).subarray(0, Math.min(columnRows, count - from)), from),
    );
  }
  return results;
}
