// @ts-nocheck: AssemblyScript; asc checks it
import { cubicKelvin, tetragonalKelvin, zeroCelsiusKelvin } from "../../../chemistry/constants";
import { leastBromide, mostWaterInVessel } from "../../laboratoryConstants";
import { CalendarField, CodeSlot, NumberSlot, daysPerWeek, operatorsPerLab } from "../../layout";
import { MemoryMap } from "../memoryMap";
import { ParameterSlot } from "../parameterSlots";
import { add, constant, div, max, min, mul, select } from "../../../core/assembly/arithmetic";
import { writeBytes, writeWords } from "./codes";
import { read, write } from "./columns";
import { exp } from "../../../core/assembly/math";
import { parameter } from "./parameters";
import { philox } from "../../../core/assembly/philox";
import { put, Scratch, scratch, take } from "./scratch";
import { recordsToColumns } from "./transpose";

const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const week = memory.data<f32>([<f32>daysPerWeek]);
const weeksOf = memory.data<f32>([<f32>1 / <f32>daysPerWeek]);
const celsius = memory.data<f32>([<f32>zeroCelsiusKelvin]);
const firstTransition = memory.data<f32>([<f32>tetragonalKelvin]);
const secondTransition = memory.data<f32>([<f32>cubicKelvin]);
const fewestBromide = memory.data<f32>([<f32>leastBromide]);
const mostWater = memory.data<f32>([<f32>mostWaterInVessel]);

/** Who does the experiments of a block, and when; and what is true there on that day. */
export function meetPeople(from: i32, to: i32, firstRow: i32): void {
  const attempts = i32x4.splat(0);
  for (let i = from; i < to; i += 8) {
    const rows = i32x4.add(i32x4.splat(firstRow + i), i32x4(0, 1, 2, 3));
    philox<f32>(
      scratch(Scratch.people) + ((<usize>(i - from)) << 2),
      rows,
      attempts,
      attempts,
      0,
      MemoryMap.peopleKeys,
      MemoryMap.scratchStride,
    );
  }
  const days = i32x4.trunc_sat_f32x4_s(parameter(ParameterSlot.days));
  const weeks = i32x4.trunc_sat_f32x4_s(div(parameter(ParameterSlot.days), constant(week)));
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2;
    const lab = i32x4.trunc_sat_f32x4_s(mul(take(Scratch.people, at), parameter(ParameterSlot.labs)));
    const operator = i32x4.trunc_sat_f32x4_s(mul(take(Scratch.people + 1, at), f32x4.splat(<f32>operatorsPerLab)));
    const day = i32x4.trunc_sat_f32x4_s(mul(take(Scratch.people + 2, at), parameter(ParameterSlot.days)));
    writeBytes(CodeSlot.lab, i, lab);
    writeBytes(CodeSlot.operator, i, i32x4.add(i32x4.mul(lab, i32x4.splat(<i32>operatorsPerLab)), operator));
    // Half a day more, so that rounding of 1/7 cannot move a Monday into the week before.
    const inWeek = i32x4.trunc_sat_f32x4_s(mul(add(f32x4.convert_i32x4_s(day), f32x4.splat(0.5)), constant(weeksOf)));
    writeWords(CodeSlot.batch, i, i32x4.add(i32x4.mul(lab, weeks), inWeek));
    writeWords(CodeSlot.date, i, day);
    const place = i32x4.shl(i32x4.add(i32x4.mul(lab, days), day), 6);
    const first = MemoryMap.calendar + i32x4.extract_lane(place, 0);
    const second = MemoryMap.calendar + i32x4.extract_lane(place, 1);
    const third = MemoryMap.calendar + i32x4.extract_lane(place, 2);
    const fourth = MemoryMap.calendar + i32x4.extract_lane(place, 3);
    for (let field = 0; field < 16; field += 4)
      recordsToColumns(
        Scratch.today + field,
        at,
        first + (field << 2),
        second + (field << 2),
        third + (field << 2),
        fourth + (field << 2),
      );
    const isSecond = i32x4.eq(operator, i32x4.splat(1));
    const isThird = i32x4.eq(operator, i32x4.splat(2));
    let threshold = take(Scratch.today + CalendarField.threshold, at);
    threshold = select(isSecond, take(Scratch.today + CalendarField.threshold + 1, at), threshold);
    write(
      NumberSlot.trueDetectionThreshold,
      (<usize>i) << 2,
      select(isThird, take(Scratch.today + CalendarField.threshold + 2, at), threshold),
    );
    write(NumberSlot.trueQuantumYieldGain, (<usize>i) << 2, take(Scratch.today + CalendarField.quantumYieldGain, at));
    write(NumberSlot.truePeakShiftNanometre, (<usize>i) << 2, take(Scratch.today + CalendarField.peakShift, at));
  }
}

/** What is really in the vessel, as inTheVessel of the TypeScript engine has it; and the recipe's codes. */
export function fillVessel(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const temperature = add(
      read(NumberSlot.temperatureCelsius, out),
      take(Scratch.today + CalendarField.temperatureOffset, at),
    );
    const kelvin = add(temperature, constant(celsius));
    write(NumberSlot.trueTemperatureCelsius, out, temperature);
    put(Scratch.kelvin, at, kelvin);
    put(Scratch.inverseKelvin, at, div(constant(one), kelvin));
    // Masks are -1.
    writeBytes(
      CodeSlot.growthPolymorph,
      i,
      i32x4.neg(i32x4.add(f32x4.ge(kelvin, constant(firstTransition)), f32x4.ge(kelvin, constant(secondTransition)))),
    );
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const caesiumFactor = exp(take(Scratch.today + CalendarField.lnCaesium, at));
    const recorded = read(NumberSlot.caesiumMolar, out);
    const oleate = take(Scratch.caesiumOleate, at);
    const lead = mul(exp(take(Scratch.today + CalendarField.lnLead, at)), read(NumberSlot.leadMolar, out));
    const fromCaesium = mul(caesiumFactor, f32x4.sub(recorded, oleate));
    write(NumberSlot.trueCaesiumMolar, out, mul(caesiumFactor, recorded));
    write(NumberSlot.trueLeadMolar, out, lead);
    write(
      NumberSlot.trueBromideMolar,
      out,
      max(add(add(mul(constant(two), lead), fromCaesium), take(Scratch.extraBromide, at)), constant(fewestBromide)),
    );
    put(Scratch.caesiumOleate, at, mul(caesiumFactor, oleate));
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    write(
      NumberSlot.trueOleylamineMolar,
      out,
      mul(exp(take(Scratch.today + CalendarField.lnOleylamine, at)), read(NumberSlot.oleylamineMolar, out)),
    );
    write(
      NumberSlot.trueWaterFraction,
      out,
      min(
        mul(exp(take(Scratch.today + CalendarField.lnWater, at)), read(NumberSlot.waterFraction, out)),
        constant(mostWater),
      ),
    );
    write(
      NumberSlot.trueMixingSecond,
      out,
      mul(exp(take(Scratch.today + CalendarField.lnMixing, at)), read(NumberSlot.mixingSecond, out)),
    );
  }
}

/**
 * Codes that follow from the region and the recipe alone. Must come before
 * fillVessel, which needs their scratch no more.
 */
export function writeRecipeCodes(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2;
    writeBytes(CodeSlot.campaign, i, take(Scratch.region, at));
    const route = take(Scratch.route, at);
    writeBytes(CodeSlot.route, i, route);
    writeBytes(CodeSlot.antisolvent, i, route);
    writeBytes(CodeSlot.polarSolvent, i, take(Scratch.polar, at));
    const isBromide = i32x4.neg(f32x4.eq(take(Scratch.caesiumOleate, at), f32x4.splat(0)));
    const hasExtra = i32x4.neg(f32x4.gt(take(Scratch.extraBromide, at), f32x4.splat(0)));
    writeBytes(CodeSlot.caesiumSource, i, isBromide);
    writeBytes(CodeSlot.bromideSource, i, i32x4.add(i32x4.shl(isBromide, 1), hasExtra));
    writeBytes(<i32>CodeSlot.phase + 1, i, take(Scratch.fault, at));
  }
}
