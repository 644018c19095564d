import type { ColumnMemory } from "./columnMemory.js";
import type { Chunk, ExperimentEngine } from "./ExperimentEngine.js";
import { chunkRows } from "./layout.js";

/** Rows to compute, and where in the memory they go. */
export interface ExperimentJob {
  readonly first: number;
  readonly rows: number;
  readonly memory: ColumnMemory;
  readonly offset: number;
  /** Points of the design, axis after axis, for all rows of the job; none for random designs. */
  readonly points?: Float32Array;
}

/** Rejected proposals of the job, by code of designFaults. */
export type Rejections = Float64Array;

/** Fills the job's rows chunk by chunk. */
export function doJob(engine: ExperimentEngine, { first, rows, memory, offset, points }: ExperimentJob): Rejections {
  const before = engine.rejected.slice();
  for (let done = 0; done < rows; done += chunkRows) {
    const some = Math.min(chunkRows, rows - done);
    const chunk = engine.fill(
      first + done,
      some,
      points === undefined ? undefined : slicePoints(points, rows, done, some),
    );
    copy(chunk, memory, offset + done);
  }
  return engine.rejected.map((count, fault) => count - before[fault]);
}

function copy({ numbers, codes, faults }: Chunk, to: ColumnMemory, at: number): void {
  numbers.forEach((column, slot) => to.numbers[slot].set(column, at));
  codes.forEach((column, slot) => to.codes[slot].set(column, at));
  to.faults.set(faults, at);
}

function slicePoints(points: Float32Array, rows: number, from: number, some: number): Float32Array {
  const axes = points.length / rows;
  const piece = new Float32Array(axes * some);
  for (let axis = 0; axis < axes; axis++)
    piece.set(points.subarray(axis * rows + from, axis * rows + from + some), axis * some);
  return piece;
}
