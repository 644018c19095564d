import { describe, expect, it } from "vitest";
import { columnMemory } from "../../src/generation/columnMemory.js";
import type { Chunk, ExperimentEngine } from "../../src/generation/ExperimentEngine.js";
import { doJob } from "../../src/generation/experimentJob.js";
import { chunkRows, codeSlots, designAxes, numberSlots } from "../../src/generation/layout.js";

/** An engine whose rows hold their number (and their first point), and that notes what it was asked for. */
function countingEngine(): { readonly engine: ExperimentEngine; readonly asked: [number, number][] } {
  const asked: [number, number][] = [];
  const memory = columnMemory(chunkRows, { shared: false });
  const rejected = new Float64Array(6);
  const fill = (first: number, rows: number, points?: Float32Array): Chunk => {
    asked.push([first, rows]);
    rejected[1] += rows;
    for (let i = 0; i < rows; i++) {
      memory.numbers.forEach(
        (column, slot) =>
          (column[i] = points === undefined || slot >= designAxes ? first + i : points[slot * rows + i]),
      );
      memory.codes.forEach((column) => (column[i] = (first + i) % 200));
      memory.faults[i] = (first + i) % 6;
    }
    return {
      rows,
      numbers: memory.numbers.map((column) => column.subarray(0, rows)),
      codes: memory.codes.map((column) => column.subarray(0, rows)),
      faults: memory.faults.subarray(0, rows),
    };
  };
  const carryOut = (): Chunk => {
    throw new Error("a job gives no recipes");
  };
  return { engine: { name: "typescript", rejected, fill, carryOut }, asked };
}

describe("doJob", () => {
  it("asks for its rows chunk by chunk and puts them where they belong, nowhere else", () => {
    const { engine, asked } = countingEngine();
    const rows = chunkRows + 10;
    const memory = columnMemory(rows + 7, { shared: false });
    doJob(engine, { first: 100, rows, memory, offset: 5 });
    expect(asked).toEqual([
      [100, chunkRows],
      [100 + chunkRows, 10],
    ]);
    for (let slot = 0; slot < numberSlots; slot++) {
      const column = memory.numbers[slot];
      expect([column[4], column[5], column[rows + 4], column[rows + 5]]).toEqual([0, 100, 100 + rows - 1, 0]);
      expect(column.subarray(5, rows + 5).every((value, i) => value === 100 + i)).toBe(true);
    }
    for (let slot = 0; slot < codeSlots; slot++)
      expect(
        memory.codes[slot].subarray(5, rows + 5).every((value: number, i: number) => value === (100 + i) % 200),
      ).toBe(true);
    expect(memory.faults.subarray(5, rows + 5).every((value, i) => value === (100 + i) % 6)).toBe(true);
  });

  it("gives each chunk its own points, axis after axis", () => {
    const { engine } = countingEngine();
    const rows = chunkRows + 3;
    const memory = columnMemory(rows, { shared: false });
    // Point i of axis a is a + i / 2^13, exact in float32.
    const points = Float32Array.from(
      { length: rows * designAxes },
      (_, at) => Math.floor(at / rows) + (at % rows) / 8192,
    );
    doJob(engine, { first: 0, rows, memory, offset: 0, points });
    for (let axis = 0; axis < designAxes; axis++)
      expect(memory.numbers[axis].every((value, i) => value === axis + i / 8192)).toBe(true);
  });

  it("reports what was rejected during this job alone", () => {
    const { engine } = countingEngine();
    const memory = columnMemory(20, { shared: false });
    expect(Array.from(doJob(engine, { first: 0, rows: 20, memory, offset: 0 }))).toEqual([0, 20, 0, 0, 0, 0]);
    expect(Array.from(doJob(engine, { first: 20, rows: 5, memory, offset: 0 }))).toEqual([0, 5, 0, 0, 0, 0]);
  });
});
