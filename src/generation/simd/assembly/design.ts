// @ts-nocheck: AssemblyScript; asc checks it
import {
  caesiumBromideStock,
  neatOleicAcid,
  neatOleylamine,
  traceWater,
  wetCelsius,
} from "../../../chemistry/constants";
import { DesignAxis, NumberSlot } from "../../layout";
import { MemoryMap, RecipeSlot } from "../memoryMap";
import { RegionSlot } from "../parameterSlots";
import { add, constant, div, mul, select, sub } from "../../../core/assembly/arithmetic";
import { read, write } from "./columns";
import { exp } from "../../../core/assembly/math";
import { philox } from "../../../core/assembly/philox";
import { put, Scratch, scratch, take } from "./scratch";
import { recordsToColumns } from "./transpose";

const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const flashing = memory.data<f32>([<f32>wetCelsius]);
const trace = memory.data<f32>([<f32>traceWater]);
const perNeatAcid = memory.data<f32>([<f32>1 / <f32>neatOleicAcid]);
const perNeatAmine = memory.data<f32>([<f32>1 / <f32>neatOleylamine]);
const dimethylformamideStock = memory.data<f32>([<f32>caesiumBromideStock.DMF]);
const dimethylSulfoxideStock = memory.data<f32>([<f32>caesiumBromideStock.DMSO]);

/** Uniform numbers of the designs of eight rows, at the attempts that stand in scratch. */
@inline
function drawGroup(at: usize, row: i32): void {
  const rows = i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3));
  const attempts = take(Scratch.attempt, at),
    after = take(Scratch.attempt, at + 16);
  philox<f32>(scratch(Scratch.uniform) + at, rows, attempts, after, 0, MemoryMap.designKeys, MemoryMap.scratchStride);
  philox<f32>(
    scratch(Scratch.uniform + 4) + at,
    rows,
    attempts,
    after,
    1,
    MemoryMap.designKeys,
    MemoryMap.scratchStride,
  );
  philox<f32>(
    scratch(Scratch.uniform + 8) + at,
    rows,
    attempts,
    after,
    2,
    MemoryMap.designKeys,
    MemoryMap.scratchStride,
  );
  philox<f32>(
    scratch(Scratch.uniform + 12) + at,
    rows,
    attempts,
    after,
    3,
    MemoryMap.designKeys,
    MemoryMap.scratchStride,
  );
}

/**
 * Which region each of four rows falls into, and its numbers into scratch
 * from Scratch.people on, which nobody uses yet.
 */
@inline
function chooseRegion(at: usize, regions: i32): void {
  const u = take(Scratch.uniform + DesignAxis.campaign, at);
  let region = i32x4.splat(0);
  // Each cumulated weight at or below u moves the row one region on; a comparison's mask is -1.
  for (let k: usize = 0, end = (<usize>(regions - 1)) << 2; k < end; k += 4)
    region = i32x4.sub(region, f32x4.ge(u, constant(<usize>MemoryMap.cumulated + k)));
  put(Scratch.region, at, region);
  const first = MemoryMap.regions + i32x4.extract_lane(region, 0) * MemoryMap.regionBytes;
  const second = MemoryMap.regions + i32x4.extract_lane(region, 1) * MemoryMap.regionBytes;
  const third = MemoryMap.regions + i32x4.extract_lane(region, 2) * MemoryMap.regionBytes;
  const fourth = MemoryMap.regions + i32x4.extract_lane(region, 3) * MemoryMap.regionBytes;
  for (let slot = 0; slot < RegionSlot.count; slot += 4) {
    const offset = slot << 2;
    recordsToColumns(ranges + slot, at, first + offset, second + offset, third + offset, fourth + offset);
  }
}

/** Scratch columns of the regions' numbers: people, noise, normal and today are filled later. */
const ranges: i32 = Scratch.people;

/** A coordinate within its range. */
@inline
function along(low: i32, axis: i32, at: usize): v128 {
  return add(take(ranges + low, at), mul(take(ranges + low + 1, at), take(Scratch.uniform + axis, at)));
}

/** Recipes of four rows, as proposeRecipe has them. */
@inline
function proposeGroup(at: usize, out: usize): void {
  const isHot = f32x4.gt(take(ranges + RegionSlot.isHot, at), f32x4.splat(0));
  const isOleate = f32x4.gt(take(ranges + RegionSlot.isOleate, at), f32x4.splat(0));
  write(NumberSlot.temperatureCelsius, out, along(RegionSlot.temperatureLow, DesignAxis.temperatureCelsius, at));
  write(NumberSlot.timeSecond, out, exp(along(RegionSlot.lnTimeLow, DesignAxis.timeSecond, at)));
  write(NumberSlot.mixingSecond, out, exp(along(RegionSlot.lnMixingLow, DesignAxis.mixingSecond, at)));
  write(NumberSlot.volumeMillilitre, out, exp(along(RegionSlot.lnVolumeLow, DesignAxis.volumeMillilitre, at)));
  const lead = exp(along(RegionSlot.lnLeadLow, DesignAxis.leadMolar, at));
  const ratio = exp(along(RegionSlot.lnCaesiumLow, DesignAxis.caesiumLeadRatio, at));
  const caesium = mul(lead, ratio);
  const oleate = v128.and(caesium, isOleate);
  const extra = mul(lead, along(RegionSlot.extraBromideLow, DesignAxis.extraBromideLeadRatio, at));
  const bromide = add(add(mul(constant(two), lead), sub(caesium, oleate)), extra);
  write(NumberSlot.leadMolar, out, lead);
  write(NumberSlot.caesiumMolar, out, caesium);
  write(NumberSlot.bromideMolar, out, bromide);
  write(NumberSlot.caesiumLeadRatio, out, ratio);
  write(NumberSlot.bromideLeadRatio, out, div(bromide, lead));
  put(Scratch.caesiumOleate, at, oleate);
  put(Scratch.extraBromide, at, extra);
  write(NumberSlot.oleicAcidMolar, out, mul(lead, exp(along(RegionSlot.lnAcidLow, DesignAxis.oleicAcidLeadRatio, at))));
  write(
    NumberSlot.oleylamineMolar,
    out,
    mul(lead, exp(along(RegionSlot.lnAmineLow, DesignAxis.oleylamineLeadRatio, at))),
  );
  const antisolvent = v128.andnot(exp(along(RegionSlot.lnAntisolventLow, DesignAxis.antisolventRatio, at)), isHot);
  const water = exp(along(RegionSlot.lnWaterLow, DesignAxis.waterFraction, at));
  const polar = v128.andnot(div(sub(constant(one), water), add(constant(one), antisolvent)), isHot);
  write(NumberSlot.antisolventRatio, out, antisolvent);
  write(NumberSlot.waterFraction, out, water);
  write(NumberSlot.polarSolventFraction, out, polar);
  put(Scratch.isHot, at, isHot);
  put(Scratch.route, at, i32x4.trunc_sat_f32x4_s(take(ranges + RegionSlot.route, at)));
  put(Scratch.polar, at, solventCode(at, isHot));
}

/** 0 none, 1 DMF, 2 DMSO. */
@inline
function solventCode(at: usize, isHot: v128): v128 {
  const isSulfoxide = f32x4.lt(
    take(Scratch.uniform + DesignAxis.polarSolvent, at),
    take(ranges + RegionSlot.dimethylSulfoxideShare, at),
  );
  return v128.andnot(i32x4.sub(i32x4.splat(1), isSulfoxide), isHot);
}

/** Codes of designFaults of four rows; the first fault counts. */
@inline
function judgeGroup(at: usize, out: usize): void {
  const temperature = read(NumberSlot.temperatureCelsius, out);
  const polar = read(NumberSlot.polarSolventFraction, out);
  const water = read(NumberSlot.waterFraction, out);
  const oleate = take(Scratch.caesiumOleate, at);
  const solvent = take(Scratch.polar, at);
  const stock = mul(
    sub(read(NumberSlot.caesiumMolar, out), oleate),
    add(constant(one), read(NumberSlot.antisolventRatio, out)),
  );
  const limit = select(
    i32x4.eq(solvent, i32x4.splat(2)),
    constant(dimethylSulfoxideStock),
    constant(dimethylformamideStock),
  );
  const undissolved = v128.and(f32x4.gt(stock, limit), i32x4.gt_s(solvent, i32x4.splat(0)));
  const uncharged = f32x4.gt(oleate, read(NumberSlot.oleicAcidMolar, out));
  const wet = v128.and(f32x4.gt(water, constant(trace)), f32x4.ge(temperature, constant(flashing)));
  const spitting = v128.and(take(Scratch.isHot, at), wet);
  const boiling = f32x4.gt(temperature, take(ranges + RegionSlot.boilingCelsius, at));
  const ligands = add(
    mul(read(NumberSlot.oleicAcidMolar, out), constant(perNeatAcid)),
    mul(read(NumberSlot.oleylamineMolar, out), constant(perNeatAmine)),
  );
  const overfull = f32x4.gt(add(add(polar, water), ligands), constant(one));
  let fault = v128.and(undissolved, i32x4.splat(5));
  fault = select(uncharged, i32x4.splat(4), fault);
  fault = select(spitting, i32x4.splat(3), fault);
  fault = select(boiling, i32x4.splat(2), fault);
  fault = select(overfull, i32x4.splat(1), fault);
  put(Scratch.fault, at, fault);
}


@inline
function count(fault: i32): void {
  if (fault != 0) {
    const at = <usize>MemoryMap.rejected + ((<usize>fault) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/** Counts the faults of eight rows, of which the first `rows` exist; whether there is any. */
@inline
function countFaults(at: usize, rows: i32): bool {
  if (!v128.any_true(v128.or(take(Scratch.fault, at), take(Scratch.fault, at + 16)))) return false;
  let any = false;
  for (let i = 0; i < min<i32>(rows, 8); i++) {
    const fault = load<i32>(scratch(Scratch.fault) + at + ((<usize>i) << 2));
    count(fault);
    any = any || fault != 0;
  }
  return any;
}

/**
 * Designs of a block. Random ones are drawn again, at the next attempt, until all are possible.
 *
 * @param from, to  rows of the chunk; a block begins at `from`, multiples of 8
 * @param end       first row that is not asked for: what lies beyond is computed and not counted
 * @param points    whether the chunk's points stand at MemoryMap.points
 * @returns rows whose attempts ran out
 */
export function proposeBlock(
  from: i32,
  to: i32,
  end: i32,
  firstRow: i32,
  regions: i32,
  points: bool,
  mostAttempts: i32,
): i32 {
  let failed = 0;
  for (let i = from; i < to; i += 8) {
    const at = (<usize>(i - from)) << 2;
    put(Scratch.attempt, at, i32x4.splat(0));
    put(Scratch.attempt, at + 16, i32x4.splat(0));
    if (points) copyPoints(at, i);
    else drawGroup(at, firstRow + i);
  }
  for (let i = from; i < to; i += 4) chooseRegion((<usize>(i - from)) << 2, regions);
  for (let i = from; i < to; i += 4) proposeGroup((<usize>(i - from)) << 2, (<usize>i) << 2);
  for (let i = from; i < to; i += 4) judgeGroup((<usize>(i - from)) << 2, (<usize>i) << 2);
  for (let i = from; i < to; i += 8) {
    const at = (<usize>(i - from)) << 2;
    for (let attempt = 1; countFaults(at, end - i) && !points; attempt++) {
      if (attempt >= mostAttempts) {
        failed++;
        break;
      }
      for (let half: usize = 0; half < 32; half += 16) {
        // Masks are -1: sound rows keep their attempt and so their design.
        put(
          Scratch.attempt,
          at + half,
          i32x4.sub(take(Scratch.attempt, at + half), i32x4.ne(take(Scratch.fault, at + half), i32x4.splat(0))),
        );
      }
      drawGroup(at, firstRow + i);
      for (let half = 0; half < 8; half += 4) {
        const part = at + ((<usize>half) << 2);
        chooseRegion(part, regions);
        proposeGroup(part, (<usize>(i + half)) << 2);
        judgeGroup(part, (<usize>(i + half)) << 2);
      }
    }
  }
  return failed;
}


@inline
function copyPoints(at: usize, row: i32): void {
  for (let axis = 0; axis < <i32>DesignAxis.polarSolvent + 1; axis++) {
    const from = <usize>(MemoryMap.points + axis * MemoryMap.pointStride) + ((<usize>row) << 2);
    put(Scratch.uniform + axis, at, v128.load(from));
    put(Scratch.uniform + axis, at + 16, v128.load(from, 16));
  }
}


@inline
function given(slot: i32, row: i32): v128 {
  return v128.load(<usize>(MemoryMap.points + slot * MemoryMap.pointStride) + ((<usize>row) << 2));
}

/** Recipes of a block that somebody wrote down: their numbers stand in the columns already. */
export function readRecipes(from: i32, to: i32): void {
  const none = i32x4.splat(0);
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2;
    const route = i32x4.trunc_sat_f32x4_s(given(RecipeSlot.route, i));
    put(Scratch.caesiumOleate, at, given(RecipeSlot.caesiumOleate, i));
    put(Scratch.extraBromide, at, given(RecipeSlot.extraBromide, i));
    put(Scratch.route, at, route);
    // Hot injection is the first of routeNames.
    put(Scratch.isHot, at, i32x4.eq(route, none));
    put(Scratch.polar, at, i32x4.trunc_sat_f32x4_s(given(RecipeSlot.polarSolvent, i)));
    put(Scratch.region, at, none);
    put(Scratch.fault, at, none);
  }
}
