// @ts-nocheck: AssemblyScript; asc checks it
import { add, constant, sub } from "../../../../core/assembly/arithmetic";
import { exp, log } from "../../../../core/assembly/math";
import { TaskField, TaskNumber, TrainingMemory } from "../trainingMemory";
import { number, task, taskAddress } from "./fields";

/** Smaller shares of the likeliest class count as 0: subnormal numbers, which are slow, follow from them. */
const negligible = memory.data<f32>([1e-20]);

/**
 * Adds the loss of a batch to the sums and, where errors are asked for, writes its slope by each output; formulas as in
 * typescript/outputLoss.ts. Errors of padding are 0.
 *
 * @param rowNumbers  of the batch, 32 bits each
 * @param outputs     row-major [rows, width]
 * @param errors      likewise, or 0 for a loss without label smoothing alone
 * @param padded      rows, padding included
 */
export function outputLoss(rowNumbers: usize, rows: i32, padded: i32, outputs: usize, errors: usize, width: i32): void {
  const classes = task(TaskField.classes);
  const targetCount = task(TaskField.targetCount);
  const labels: usize = taskAddress(TaskField.labels);
  const targets: usize = taskAddress(TaskField.targets);
  const weights: usize = taskAddress(TaskField.rowWeights);
  const smoothing: f32 = errors != 0 ? <f32>number(TaskNumber.labelSmoothing) : 0;
  const even: f32 = classes > 0 ? smoothing / <f32>classes : 0;

  const full: f32 = <f32>1 - smoothing;

  let rowWeight: f64 = 0,
    targetWeight: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const row = <usize>load<u32>(rowNumbers + ((<usize>i) << 2));
    const weight = <f64>load<f32>(weights + (row << 2));
    rowWeight += weight;
    for (let t = 0; t < targetCount; t++) {
      const target = load<f32>(targets + ((row * targetCount + t) << 2));
      if (target == target) targetWeight += weight;
    }
  }
  const ofRows: f32 = rowWeight > 0 ? <f32>(1 / rowWeight) : 0;
  const ofTargets: f32 = targetWeight > 0 ? <f32>((2 * number(TaskNumber.targetShare)) / targetWeight) : 0;

  // First all exponentials, then all logarithms, four rows at a time: so no row waits for another.
  const greatest = taskAddress(TaskField.greatest),
    totals = taskAddress(TaskField.totals),
    rowsOfExponentials = taskAddress(TaskField.exponentials);
  const stride = (classes + 3) & ~3;
  if (classes > 0) {
    for (let i = 0; i < rows; i++)
      exponentials(
        outputs + ((<usize>(i * width)) << 2),
        rowsOfExponentials + ((<usize>(i * stride)) << 2),
        classes,
        greatest + ((<usize>i) << 2),
        totals + ((<usize>i) << 2),
      );
    for (let at: usize = 0; at < (<usize>rows) << 2; at += 16)
      v128.store(greatest + at, add(v128.load(greatest + at), log(v128.load(totals + at))));
  }

  let crossEntropy: f64 = 0,
    squares: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const row = <usize>load<u32>(rowNumbers + ((<usize>i) << 2));
    const weight = load<f32>(weights + (row << 2));
    const out = outputs + ((<usize>(i * width)) << 2);
    const error = errors + ((<usize>(i * width)) << 2);
    if (classes > 0) {
      const label = load<i32>(labels + (row << 2));
      const shift = load<f32>(greatest + ((<usize>i) << 2));
      const chosen = load<f32>(out + ((<usize>label) << 2));
      let loss = shift - chosen;
      if (smoothing > 0) {
        let sum: f32 = 0;
        for (let k = 0; k < classes; k++) sum += shift - load<f32>(out + ((<usize>k) << 2));
        loss = full * loss + even * sum;
      }
      crossEntropy += <f64>(weight * loss);
      if (errors) {
        const factor = weight * ofRows;
        const share: f32 = 1 / load<f32>(totals + ((<usize>i) << 2));
        const shares = rowsOfExponentials + ((<usize>(i * stride)) << 2);
        for (let k = 0; k < classes; k++) {
          const wanted: f32 = k == label ? full + even : even;
          store<f32>(error + ((<usize>k) << 2), factor * (load<f32>(shares + ((<usize>k) << 2)) * share - wanted));
        }
      }
    }
    for (let t = 0; t < targetCount; t++) {
      const target = load<f32>(targets + ((row * targetCount + t) << 2));
      const at = (<usize>(classes + t)) << 2;
      const known = target == target;
      const miss: f32 = known ? load<f32>(out + at) - target : 0;
      squares += <f64>weight * <f64>miss * <f64>miss;
      if (errors) store<f32>(error + at, ofTargets * weight * miss);
    }
    if (errors) for (let j = classes + targetCount; j < width; j++) store<f32>(error + ((<usize>j) << 2), 0);
  }
  if (errors) memory.fill(errors + ((<usize>(rows * width)) << 2), 0, (<usize>((padded - rows) * width)) << 2);
  addTo(0, crossEntropy);
  if (classes > 0) addTo(1, rowWeight);
  addTo(2, squares);
  addTo(3, targetWeight);
}


@inline
function addTo(sum: usize, value: f64): void {
  const at = <usize>TrainingMemory.sums + (sum << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Exponentials of the logits of a row, less the greatest; that and their total go to where they are asked for. */
@inline
function exponentials(logits: usize, out: usize, classes: i32, greatest: usize, total: usize): void {
  let most = load<f32>(logits);
  for (let k = 1; k < classes; k++) most = max(most, load<f32>(logits + ((<usize>k) << 2)));
  const top = f32x4.splat(most);
  let sums = f32x4.splat(0);
  for (let k = 0; k < classes; k += 4) {
    const at = (<usize>k) << 2;
    let e = exp(sub(v128.load(logits + at), top));
    // Beyond the last class stand targets or padding.
    e = v128.and(e, i32x4.lt_s(i32x4.add(i32x4.splat(k), i32x4(0, 1, 2, 3)), i32x4.splat(classes)));
    e = v128.andnot(e, f32x4.lt(e, constant(negligible)));
    sums = add(sums, e);
    v128.store(out + at, e);
  }
  store<f32>(greatest, most);
  store<f32>(
    total,
    f32x4.extract_lane(sums, 0) +
      f32x4.extract_lane(sums, 1) +
      (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3)),
  );
}
