import { describe, expect, it } from "vitest";
import {
  LayerField,
  mostLayers,
  TaskField,
  TaskNumber,
  TrainingMemory,
} from "../../../../src/training/engines/simd/trainingMemory.js";

const count = (fields: object): number => Object.keys(fields).length / 2;

describe("TrainingMemory", () => {
  it("keeps its parts apart and those of float64 numbers aligned", () => {
    expect(TrainingMemory.numbers - TrainingMemory.task).toBeGreaterThanOrEqual(4 * count(TaskField));
    expect(TrainingMemory.sums - TrainingMemory.numbers).toBeGreaterThanOrEqual(8 * count(TaskNumber));
    expect(TrainingMemory.maskKeys - TrainingMemory.sums).toBeGreaterThanOrEqual(4 * 8);
    expect(TrainingMemory.maskWords - TrainingMemory.maskKeys).toBeGreaterThanOrEqual(320);
    expect(TrainingMemory.layers - TrainingMemory.maskWords).toBeGreaterThanOrEqual(128);
    expect(TrainingMemory.free - TrainingMemory.layers).toBeGreaterThanOrEqual(mostLayers * TrainingMemory.layerBytes);
    expect(TrainingMemory.layerBytes).toBeGreaterThanOrEqual(4 * count(LayerField));
    for (const address of [TrainingMemory.numbers, TrainingMemory.sums]) expect(address % 8).toBe(0);
    expect(TrainingMemory.free % 64).toBe(0);
  });
});
