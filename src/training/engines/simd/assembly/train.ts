// @ts-nocheck: AssemblyScript; asc checks it
import { LayerField, TaskField } from "../trainingMemory";
import { activate, Activation, dropOut, dropoutScale, multiplySlopes } from "./activate";
import { address, layerAt, task, taskAddress, width } from "./fields";
import { columnSums, Finish, multiply, transpose } from "./multiply";
import { outputLoss } from "./outputLoss";
import { addPenalties, update } from "./update";

export { scheduleKeys } from "../../../../core/assembly/philox";

/**
 * One update per batch.
 *
 * @param order  row numbers, 32 bits each
 * @param rate   learning rate
 */
export function epoch(order: usize, count: i32, batchSize: i32, rate: f64): void {
  for (let from = 0; from < count; from += batchSize) {
    gradient(order + ((<usize>from) << 2), min(batchSize, count - from));
    update(rate);
  }
}

/** Gradient of one batch, penalties included, under the masks of the next update; adds its loss to the sums. */
export function gradient(rowNumbers: usize, rows: i32): void {
  const padded = gather(rowNumbers, rows);
  forward(padded, task(TaskField.step) + 1);
  const last = layerAt(task(TaskField.layers) - 1);
  outputLoss(
    rowNumbers,
    rows,
    padded,
    address(last, LayerField.values),
    address(last, LayerField.errors),
    width(last, LayerField.outputs),
  );
  backward(padded);
  addPenalties();
}

/** Adds the loss of rows to the sums, without dropout. @param chunk rows that go together, at most those of a batch */
export function loss(rowNumbers: usize, count: i32, chunk: i32): void {
  const last = layerAt(task(TaskField.layers) - 1);
  for (let from = 0; from < count; from += chunk) {
    const numbers = rowNumbers + ((<usize>from) << 2);
    const rows = min(chunk, count - from);
    const padded = gather(numbers, rows);
    forward(padded, 0);
    outputLoss(numbers, rows, padded, address(last, LayerField.values), 0, width(last, LayerField.outputs));
  }
}

/** Copies the features of rows to the inputs; gives their number with padding, rows of zeros, to a multiple of four. */
function gather(rowNumbers: usize, rows: i32): i32 {
  const features: usize = taskAddress(TaskField.features);
  const rowBytes = (<usize>task(TaskField.featureStride)) << 2;
  const padded = (rows + 3) & ~3;
  let to: usize = taskAddress(TaskField.inputs);
  for (let i = 0; i < rows; i++) {
    const from = features + <usize>load<u32>(rowNumbers + ((<usize>i) << 2)) * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) v128.store(to + at, v128.load(from + at));
    to += rowBytes;
  }
  memory.fill(to, 0, <usize>(padded - rows) * rowBytes);
  return padded;
}

/**
 * The inputs through all layers.
 *
 * @param rows  a multiple of 4
 * @param step  whose masks apply; 0 for no dropout
 */
export function forward(rows: i32, step: i32): void {
  const layers = task(TaskField.layers);
  const isRectified = task(TaskField.activation) == Activation.relu;
  const drops = step != 0 && task(TaskField.dropoutThreshold) < 65536;
  let inputs: usize = taskAddress(TaskField.inputs);
  for (let l = 0; l < layers; l++) {
    const layer = layerAt(l);
    const steps = width(layer, LayerField.inputs),
      outputs = width(layer, LayerField.outputs);
    const values = address(layer, LayerField.values);
    const isHidden = l < layers - 1;
    multiply(
      inputs,
      steps,
      1,
      address(layer, LayerField.weights),
      values,
      rows,
      steps,
      outputs,
      address(layer, LayerField.biases),
      isHidden && isRectified ? Finish.rectify : Finish.none,
      values,
      1,
    );
    if (isHidden) {
      const slopes: usize = isRectified ? 0 : address(layer, LayerField.slopes);
      if (!isRectified) activate(values, slopes, (<usize>(rows * outputs)) << 2);
      if (drops) dropOut(values, slopes, l, rows, outputs, step);
    }
    inputs = values;
  }
}

/** From the errors of the outputs back to the gradient of all weights. */
function backward(rows: i32): void {
  const isRectified = task(TaskField.activation) == Activation.relu;
  for (let l = task(TaskField.layers) - 1; l >= 0; l--) {
    const layer = layerAt(l);
    const inputs = width(layer, LayerField.inputs),
      outputs = width(layer, LayerField.outputs);
    const errors = address(layer, LayerField.errors);
    const before: usize = l > 0 ? layerAt(l - 1) : 0;
    const values: usize = l > 0 ? address(before, LayerField.values) : task(TaskField.inputs);
    multiply(
      values,
      1,
      inputs,
      errors,
      address(layer, LayerField.weightGradient),
      inputs,
      rows,
      outputs,
      0,
      Finish.none,
      0,
      1,
    );
    columnSums(errors, address(layer, LayerField.biasGradient), rows, outputs);
    if (l == 0) return;
    const transposed = address(layer, LayerField.transposed);
    const errorsBefore = address(before, LayerField.errors);
    transpose(address(layer, LayerField.weights), transposed, inputs, outputs);
    // A rectified value above 0 has slope 1 and was kept; dropout has scaled it.
    multiply(
      errors,
      outputs,
      1,
      transposed,
      errorsBefore,
      rows,
      outputs,
      inputs,
      0,
      isRectified ? Finish.gate : Finish.none,
      values,
      dropoutScale(),
    );
    if (!isRectified) multiplySlopes(errorsBefore, address(before, LayerField.slopes), (<usize>(rows * inputs)) << 2);
  }
}
