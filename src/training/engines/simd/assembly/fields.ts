// @ts-nocheck: AssemblyScript; asc checks it
import { LayerField, TaskField, TaskNumber, TrainingMemory } from "../trainingMemory";

/** A whole number of the task, or an address. */
@inline
export function task(field: TaskField): i32 {
  return load<i32>(<usize>TrainingMemory.task + ((<usize>field) << 2));
}


@inline
export function setTask(field: TaskField, value: i32): void {
  store<i32>(<usize>TrainingMemory.task + ((<usize>field) << 2), value);
}


@inline
export function number(field: TaskNumber): f64 {
  return load<f64>(<usize>TrainingMemory.numbers + ((<usize>field) << 3));
}


@inline
export function setNumber(field: TaskNumber, value: f64): void {
  store<f64>(<usize>TrainingMemory.numbers + ((<usize>field) << 3), value);
}

/** An address that the task holds. */
@inline
export function taskAddress(field: TaskField): usize {
  return load<u32>(<usize>TrainingMemory.task + ((<usize>field) << 2));
}

/** Address of layer l; `field` reads from it. */
@inline
export function layerAt(l: i32): usize {
  return <usize>TrainingMemory.layers + <usize>l * <usize>TrainingMemory.layerBytes;
}


@inline
export function width(layer: usize, field: LayerField): i32 {
  return load<i32>(layer + ((<usize>field) << 2));
}


@inline
export function address(layer: usize, field: LayerField): usize {
  return load<u32>(layer + ((<usize>field) << 2));
}
