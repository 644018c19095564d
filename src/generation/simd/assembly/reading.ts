// @ts-nocheck: AssemblyScript; asc checks it
import { CodeSlot, NumberSlot } from "../../layout";
import { largestParticle, measurementNoise } from "../../laboratoryConstants";
import { MemoryMap } from "../memoryMap";
import { ParameterSlot } from "../parameterSlots";
import { add, constant, div, max, mul, select, sqrt, sub } from "../../../core/assembly/arithmetic";
import { writeBytes } from "./codes";
import { read, write } from "./columns";
import { exp, normalPair } from "../../../core/assembly/math";
import { parameter } from "./parameters";
import { philox } from "../../../core/assembly/philox";
import { put, Scratch, scratch, take } from "./scratch";

/*
 * readOutcome.ts and measure.ts of src/generation, with its laboratoryConstants.
 */

const zero = memory.data<f32>([0]);
const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const missing = memory.data<u32>([0x7fc00000]);
const nothing: i32 = 4;

/** Noise of a block: a uniform number and three pairs of normal ones for each row. */
export function drawNoise(from: i32, to: i32, firstRow: i32): void {
  const attempts = i32x4.splat(0);
  for (let i = from; i < to; i += 8) {
    const at = (<usize>(i - from)) << 2;
    const rows = i32x4.add(i32x4.splat(firstRow + i), i32x4(0, 1, 2, 3));
    philox<f32>(scratch(Scratch.noise) + at, rows, attempts, attempts, 0, MemoryMap.noiseKeys, MemoryMap.scratchStride);
    philox<f32>(
      scratch(Scratch.noise + 4) + at,
      rows,
      attempts,
      attempts,
      1,
      MemoryMap.noiseKeys,
      MemoryMap.scratchStride,
    );
  }
  for (let pair = 0; pair < 3; pair++) {
    for (let at: usize = 0, end = (<usize>(to - from)) << 2; at < end; at += 16) {
      normalPair(
        scratch(Scratch.normal + 2 * pair) + at,
        scratch(Scratch.normal + 2 * pair + 1) + at,
        take(Scratch.noise + 1 + 2 * pair, at),
        take(Scratch.noise + 2 + 2 * pair, at),
      );
    }
  }
}

const lnSize = memory.data<f32>([<f32>measurementNoise.lnSize]);
const lnDispersion = memory.data<f32>([<f32>measurementNoise.lnDispersion]);
const peakLarge = memory.data<f32>([<f32>measurementNoise.peak]);
const peakSmall = memory.data<f32>([<f32>measurementNoise.peakSmall]);
const perSmallSize = memory.data<f32>([<f32>1 / <f32>measurementNoise.peakSmallSize]);
const widthNoise = memory.data<f32>([<f32>measurementNoise.width]);
const quantumYieldSquared = memory.data<f32>([<f32>measurementNoise.quantumYield * <f32>measurementNoise.quantumYield]);
const quantumYieldRelative = memory.data<f32>([
  <f32>measurementNoise.quantumYieldRelative * <f32>measurementNoise.quantumYieldRelative,
]);
const leadYieldNoise = memory.data<f32>([<f32>measurementNoise.leadYield]);
const largest = memory.data<f32>([<f32>largestParticle]);

/** Into [0, 1] by reflection; NaN stays. */
@inline
function reflect(x: v128): v128 {
  const positive = f32x4.abs(x);
  const folded = max(sub(constant(two), positive), constant(zero));
  return select(f32x4.gt(positive, constant(one)), folded, positive);
}


@inline
function normal(which: i32, at: usize): v128 {
  return mul(take(Scratch.normal + which, at), parameter(ParameterSlot.noise));
}

/**
 * A number where the mask holds and there is one; else the one NaN, for the
 * sign of a computed NaN differs between machines.
 */
@inline
function known(mask: v128, value: v128): v128 {
  return select(v128.and(mask, f32x4.eq(value, value)), value, constant(missing));
}

/** Labels as drawn, and one reading of each quantity. */
export function readOutcome(from: i32, to: i32): void {
  const isNoisy = f32x4.gt(parameter(ParameterSlot.noise), f32x4.splat(0));
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const u = take(Scratch.noise, at);
    let cumulated = read(NumberSlot.trueProbabilityCsPbBr3, out);
    // Each cumulated probability at or below u moves the label one class on; a comparison's mask is -1.
    let phase = i32x4.neg(f32x4.ge(u, cumulated));
    cumulated = add(cumulated, read(NumberSlot.trueProbabilityCs4PbBr6, out));
    phase = i32x4.sub(phase, f32x4.ge(u, cumulated));
    cumulated = add(cumulated, read(NumberSlot.trueProbabilityCsPb2Br5, out));
    phase = i32x4.sub(phase, f32x4.ge(u, cumulated));
    cumulated = add(cumulated, read(NumberSlot.trueProbabilityCoexistence, out));
    phase = i32x4.sub(phase, f32x4.ge(u, cumulated));
    const written = select(isNoisy, phase, take(Scratch.label, at));
    put(Scratch.phase, at, written);
    writeBytes(CodeSlot.phase, i, written);
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const noticed = i32x4.ne(take(Scratch.phase, at), i32x4.splat(nothing));
    const size = mul(read(NumberSlot.trueSizeNanometre, out), exp(mul(constant(lnSize), normal(0, at))));
    // Not a comparison that NaN passes.
    const isParticle = v128.and(noticed, f32x4.le(size, constant(largest)));
    write(NumberSlot.sizeNanometre, out, known(isParticle, size));
    const dispersion = mul(
      read(NumberSlot.trueSizeDispersionPercent, out),
      exp(mul(constant(lnDispersion), normal(1, at))),
    );
    write(NumberSlot.sizeDispersionPercent, out, known(isParticle, dispersion));
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const noticed = i32x4.ne(take(Scratch.phase, at), i32x4.splat(nothing));
    const size = read(NumberSlot.trueSizeNanometre, out);
    const relative = mul(size, constant(perSmallSize));
    const squared = mul(relative, relative);
    const small = v128.and(div(constant(one), add(constant(one), mul(squared, squared))), f32x4.eq(size, size));
    const spread = add(constant(peakLarge), mul(constant(peakSmall), small));
    const peak = add(
      add(read(NumberSlot.truePhotoluminescencePeakNanometre, out), read(NumberSlot.truePeakShiftNanometre, out)),
      mul(spread, normal(2, at)),
    );
    write(NumberSlot.photoluminescencePeakNanometre, out, known(noticed, peak));
    const width = add(
      read(NumberSlot.truePhotoluminescenceWidthNanometre, out),
      mul(constant(widthNoise), normal(3, at)),
    );
    write(NumberSlot.photoluminescenceWidthNanometre, out, known(noticed, width));
    const gained = mul(read(NumberSlot.trueQuantumYieldGain, out), read(NumberSlot.trueQuantumYield, out));
    const deviation = sqrt(
      add(constant(quantumYieldSquared), mul(constant(quantumYieldRelative), mul(gained, gained))),
    );
    write(NumberSlot.quantumYield, out, known(noticed, reflect(add(gained, mul(deviation, normal(4, at))))));
    write(
      NumberSlot.leadYield,
      out,
      known(noticed, reflect(add(read(NumberSlot.trueLeadYield, out), mul(constant(leadYieldNoise), normal(5, at))))),
    );
  }
}
