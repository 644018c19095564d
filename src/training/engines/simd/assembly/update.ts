// @ts-nocheck: AssemblyScript; asc checks it
import { add, constant, div, mul, splat, sqrt, sub } from "../../../../core/assembly/arithmetic";
import { LayerField, TaskField, TaskNumber } from "../trainingMemory";
import { address, layerAt, number, setNumber, setTask, task, taskAddress, width } from "./fields";

/** Adds the slopes of the penalties on weights; biases go free. */
export function addPenalties(): void {
  const l1 = <f32>number(TaskNumber.l1),
    l2 = <f32>number(TaskNumber.l2);
  if (l1 == 0 && l2 == 0) return;
  const signBit = i32x4.splat(0x80000000);
  const zero = splat(0);
  for (let l = 0; l < task(TaskField.layers); l++) {
    const layer = layerAt(l);
    const weights = address(layer, LayerField.weights),
      gradient = address(layer, LayerField.weightGradient);
    const length = (<usize>(width(layer, LayerField.inputs) * width(layer, LayerField.outputs))) << 2;
    for (let at: usize = 0; at < length; at += 16) {
      const w = v128.load(weights + at);
      // l1 with the sign of the weight, nothing for a weight of 0.
      const signed = v128.and(v128.or(splat(l1), v128.and(w, signBit)), f32x4.ne(w, zero));
      v128.store(gradient + at, add(v128.load(gradient + at), add(signed, mul(splat(l2), w))));
    }
  }
}

/** Shortens the gradient to the greatest norm. */
function clip(): void {
  const greatest = number(TaskNumber.clipNorm);
  if (greatest == Infinity) return;
  const gradient: usize = taskAddress(TaskField.gradient);
  const end = gradient + ((<usize>task(TaskField.parameters)) << 2);
  let sum = f64x2.splat(0);
  for (let at = gradient; at < end; at += 16) {
    const g = v128.load(at);
    const low = f64x2.promote_low_f32x4(g),
      high = f64x2.promote_low_f32x4(v128.shuffle<u32>(g, g, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  const norm = Math.sqrt(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  if (norm <= greatest) return;
  const factor = splat(<f32>(greatest / norm));
  for (let at = gradient; at < end; at += 16) v128.store(at, mul(v128.load(at), factor));
}

const negligible = memory.data<f32>([1e-30]);
/** Updates after which negligible numbers are looked for. */
const forgetEvery = 16;

/**
 * Remembered numbers next to 0 become 0: in units that no row reaches they
 * would shrink until they are subnormal, and slow.
 */
function forget(remembered: usize): void {
  const tiny = constant(negligible);
  const end = remembered + ((<usize>task(TaskField.parameters)) << 2);
  for (let at = remembered; at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, v128.and(x, f32x4.ge(f32x4.abs(x), tiny)));
  }
}

/** Moves the weights along the gradient; equations as in typescript/optimizerStep.ts. */
export function update(rate: f64): void {
  clip();
  const step = task(TaskField.step) + 1;
  setTask(TaskField.step, step);
  if (task(TaskField.isAdaptive)) adam(rate);
  else descend(<f32>rate);
  if (step % forgetEvery != 0) return;
  forget(taskAddress(TaskField.first));
  forget(taskAddress(TaskField.second));
}

function adam(rate: f64): void {
  const beta1 = number(TaskNumber.beta1),
    beta2 = number(TaskNumber.beta2);
  const power1 = number(TaskNumber.power1) * beta1,
    power2 = number(TaskNumber.power2) * beta2;
  setNumber(TaskNumber.power1, power1);
  setNumber(TaskNumber.power2, power2);
  const size = splat(<f32>(rate / (1 - power1)));
  const root = splat(<f32>(1 / Math.sqrt(1 - power2)));
  const keep = splat(<f32>(1 - rate * number(TaskNumber.weightDecay)));
  const epsilon = splat(<f32>number(TaskNumber.epsilon));
  const old1 = splat(<f32>beta1),
    new1 = splat(<f32>(1 - beta1));
  const old2 = splat(<f32>beta2),
    new2 = splat(<f32>(1 - beta2));
  const weights: usize = taskAddress(TaskField.weights),
    gradient: usize = taskAddress(TaskField.gradient),
    first: usize = taskAddress(TaskField.first),
    second: usize = taskAddress(TaskField.second);
  const length = (<usize>task(TaskField.parameters)) << 2;
  for (let at: usize = 0; at < length; at += 16) {
    const g = v128.load(gradient + at);
    const m = add(mul(v128.load(first + at), old1), mul(g, new1));
    const v = add(mul(v128.load(second + at), old2), mul(mul(g, g), new2));
    v128.store(first + at, m);
    v128.store(second + at, v);
    v128.store(
      weights + at,
      sub(mul(v128.load(weights + at), keep), div(mul(size, m), add(mul(sqrt(v), root), epsilon))),
    );
  }
}

function descend(rate: f32): void {
  const momentum = splat(<f32>number(TaskNumber.momentum)),
    step = splat(rate);
  const looksAhead = task(TaskField.nesterov) != 0;
  const weights: usize = taskAddress(TaskField.weights),
    gradient: usize = taskAddress(TaskField.gradient),
    first: usize = taskAddress(TaskField.first);
  const length = (<usize>task(TaskField.parameters)) << 2;
  for (let at: usize = 0; at < length; at += 16) {
    const g = v128.load(gradient + at);
    const m = add(mul(momentum, v128.load(first + at)), g);
    v128.store(first + at, m);
    const direction = looksAhead ? add(g, mul(momentum, m)) : m;
    v128.store(weights + at, sub(v128.load(weights + at), mul(step, direction)));
  }
}
