// @ts-nocheck: AssemblyScript; asc checks it
import { add, constant, div, max, mul, sub } from "../../../../core/assembly/arithmetic";
import { exp, sigmoid } from "../../../../core/assembly/math";
import { philox } from "../../../../core/assembly/philox";
import { TaskField, TrainingMemory } from "../trainingMemory";
import { task } from "./fields";

/** In the order of activationNames. */
export enum Activation {
  relu,
  tanh,
  gelu,
  silu,
}

const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const half = memory.data<f32>([0.5]);
/** √(2/π), and the same times 2: tanh(y) = 2 sigmoid(2y) - 1. */
const geluRoot = memory.data<f32>([0.7978846]);
const geluCubic = memory.data<f32>([0.044715]);
const geluCubicThrice = memory.data<f32>([0.134145]);

/** 1 - 2 / (exp(2x) + 1): exact to 1e-7 absolutely, ±1 far out. */
@inline
function tanh(x: v128): v128 {
  return sub(constant(one), div(constant(two), add(exp(add(x, x)), constant(one))));
}

/** Turns sums into values, in place, and writes their slopes. @param length bytes, a multiple of 16 */
export function activate(values: usize, slopes: usize, length: usize): void {
  const activation: Activation = task(TaskField.activation);
  for (let at: usize = 0; at < length; at += 16) {
    const x = v128.load(values + at);
    if (activation == Activation.tanh) {
      const t = tanh(x);
      v128.store(values + at, t);
      v128.store(slopes + at, sub(constant(one), mul(t, t)));
    } else if (activation == Activation.silu) {
      const gate = sigmoid(x);
      v128.store(values + at, mul(x, gate));
      v128.store(slopes + at, mul(gate, add(constant(one), mul(x, sub(constant(one), gate)))));
    } else {
      const square = mul(x, x);
      const t = tanh(mul(mul(constant(geluRoot), x), add(constant(one), mul(constant(geluCubic), square))));
      const gate = mul(constant(half), add(constant(one), t));
      v128.store(values + at, mul(x, gate));
      const inner = mul(constant(geluRoot), add(constant(one), mul(constant(geluCubicThrice), square)));
      v128.store(slopes + at, add(gate, mul(mul(mul(constant(half), x), sub(constant(one), mul(t, t))), inner)));
    }
  }
}

const halfWord = memory.data<i32>([0xffff]);

/**
 * Multiplies the values of a layer with the masks that dropoutFactors defines, and the slopes too where there are some.
 *
 * @param slopes  or 0
 * @param width   padded
 * @param step    of the update
 */
export function dropOut(values: usize, slopes: usize, layer: i32, rows: i32, width: i32, step: i32): void {
  const threshold = i32x4.splat(task(TaskField.dropoutThreshold));
  const scale = f32x4.splat(dropoutScale());
  const lanes = i32x4(0, 1, 2, 3);
  const words: usize = TrainingMemory.maskWords;
  for (let row = 0; row < rows; row++) {
    const first = (<usize>(row * width)) << 2;
    for (let unit = 0; unit < width; unit += 64) {
      const rowWords = i32x4.splat(row);
      philox<u32>(
        words,
        i32x4.add(i32x4.splat((unit >> 3) + (layer << 16)), lanes),
        rowWords,
        rowWords,
        step,
        TrainingMemory.maskKeys,
        32,
      );
      const end = min(64, width - unit);
      for (let slot = 0; slot < end; slot += 8) {
        const from = words + ((<usize>(slot >> 4)) << 5);
        const at = first + ((<usize>(unit + slot)) << 2);
        for (let part: usize = 0; part < 32; part += 16) {
          const drawn = v128.load(from + part);
          const bits = slot & 8 ? i32x4.shr_u(drawn, 16) : v128.and(drawn, constant(halfWord));
          const factor = v128.and(scale, i32x4.lt_s(bits, threshold));
          v128.store(values + at + part, mul(v128.load(values + at + part), factor));
          if (slopes) v128.store(slopes + at + part, mul(v128.load(slopes + at + part), factor));
        }
      }
    }
  }
}

/** What the units that stay are multiplied with. */
@inline
export function dropoutScale(): f32 {
  return 65536 / <f32>task(TaskField.dropoutThreshold);
}

/** errors · slopes, in place. */
export function multiplySlopes(errors: usize, slopes: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16)
    v128.store(errors + at, mul(v128.load(errors + at), v128.load(slopes + at)));
}
