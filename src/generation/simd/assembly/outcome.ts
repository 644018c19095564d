// @ts-nocheck: AssemblyScript; asc checks it
import { CalendarField, CodeSlot, NumberSlot } from "../../layout";
import { ParameterSlot } from "../parameterSlots";
import { add, constant, div, max, min, mul, select, sqrt, sub } from "../../../core/assembly/arithmetic";
import { writeBytes } from "./codes";
import { read, write } from "./columns";
import { exp, log, sigmoid } from "../../../core/assembly/math";
import { parameter } from "./parameters";
import { put, Scratch, take } from "./scratch";

/*
 * phaseLabel.ts, size.ts and optics.ts of src/chemistry.
 */

const zero = memory.data<f32>([0]);
const one = memory.data<f32>([1]);
const half = memory.data<f32>([0.5]);
const hundred = memory.data<f32>([100]);
const missing = memory.data<u32>([0x7fc00000]);

const leastYield = memory.data<f32>([0.05]);
const mostWater = memory.data<f32>([0.25]);
const mostCaesium = memory.data<f32>([12]);
const lnMostCaesium = memory.data<f32>([2.4849066]);
const perYield = memory.data<f32>([1 / 0.01]);
const perWater = memory.data<f32>([1 / 0.02]);
const perLnCaesium = memory.data<f32>([1 / 0.1]);
const perThreshold = memory.data<f32>([1 / 0.015]);
const pureShare = memory.data<f32>([1 - 0.15]);
const perovskiteConfusion = memory.data<f32>([0.02]);
const caesiumRichConfusion = memory.data<f32>([0.01]);
const coexistence: i32 = 3;
const nothing: i32 = 4;

/** Noise-free labels and label probabilities. */
export function label(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const first = read(NumberSlot.trueWeightFractionCsPbBr3, out);
    const second = read(NumberSlot.trueWeightFractionCs4PbBr6, out);
    const third = read(NumberSlot.trueWeightFractionCsPb2Br5, out);
    const largest = max(max(first, second), third);
    const ratio = div(read(NumberSlot.trueCaesiumMolar, out), read(NumberSlot.trueLeadMolar, out));
    const unseen = v128.or(
      f32x4.lt(read(NumberSlot.trueOnsetProbability, out), constant(half)),
      f32x4.lt(read(NumberSlot.trueLeadYield, out), constant(leastYield)),
    );
    const spoilt = v128.or(
      f32x4.gt(read(NumberSlot.trueWaterFraction, out), constant(mostWater)),
      f32x4.gt(ratio, constant(mostCaesium)),
    );
    // Ties go to the first compound, as indexOf has it.
    const which = select(
      f32x4.eq(first, largest),
      i32x4.splat(0),
      select(f32x4.eq(second, largest), i32x4.splat(1), i32x4.splat(2)),
    );
    const isPure = f32x4.ge(largest, constant(pureShare));
    const seen = select(isPure, which, i32x4.splat(coexistence));
    const code = select(v128.or(unseen, spoilt), i32x4.splat(nothing), seen);
    put(Scratch.label, at, code);
    writeBytes(CodeSlot.truePhase, i, code);
    // Which compound leads waits in the column of phases.
    put(Scratch.phase, at, which);
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const ratio = div(read(NumberSlot.trueCaesiumMolar, out), read(NumberSlot.trueLeadMolar, out));
    const enough = sigmoid(mul(sub(read(NumberSlot.trueLeadYield, out), constant(leastYield)), constant(perYield)));
    const dry = sigmoid(mul(sub(constant(mostWater), read(NumberSlot.trueWaterFraction, out)), constant(perWater)));
    const unsalted = sigmoid(mul(sub(constant(lnMostCaesium), log(ratio)), constant(perLnCaesium)));
    const product = mul(mul(mul(read(NumberSlot.trueOnsetProbability, out), enough), dry), unsalted);
    const largest = max(
      max(read(NumberSlot.trueWeightFractionCsPbBr3, out), read(NumberSlot.trueWeightFractionCs4PbBr6, out)),
      read(NumberSlot.trueWeightFractionCsPb2Br5, out),
    );
    const margin = sub(read(NumberSlot.trueDetectionThreshold, out), sub(constant(one), largest));
    const pure = mul(product, sigmoid(mul(margin, constant(perThreshold))));
    const mixed = sub(product, pure);
    const which = take(Scratch.phase, at);
    const first = v128.and(pure, i32x4.eq(which, i32x4.splat(0)));
    const second = v128.and(pure, i32x4.eq(which, i32x4.splat(1)));
    const third = v128.and(pure, i32x4.eq(which, i32x4.splat(2)));
    const toFirst = mul(constant(perovskiteConfusion), sub(mixed, first));
    const toSecond = mul(constant(caesiumRichConfusion), sub(mixed, second));
    write(NumberSlot.trueProbabilityCsPbBr3, out, add(first, toFirst));
    write(NumberSlot.trueProbabilityCs4PbBr6, out, add(second, toSecond));
    write(NumberSlot.trueProbabilityCsPb2Br5, out, third);
    write(NumberSlot.trueProbabilityCoexistence, out, sub(sub(mixed, toFirst), toSecond));
    write(NumberSlot.trueProbabilityNothing, out, sub(constant(one), product));
  }
}

const lawConstant = memory.data<f32>([0.862]);
const lawTemperature = memory.data<f32>([0.0129]);
const lawBromide = memory.data<f32>([-0.324]);
const lawAmine = memory.data<f32>([-0.309]);
const lawTime = memory.data<f32>([0.065]);
const centreTemperature = memory.data<f32>([165]);
const lnCentreBromide = memory.data<f32>([0.9162907]);
const coldConstant = memory.data<f32>([3.5]);
const coldTemperature = memory.data<f32>([0.025]);
const ripening = memory.data<f32>([51.4]);
const perRipening = memory.data<f32>([1 / 1300]);
/** √(1/1300) / (1 + √(1/1300)): ripening that has happened after the first second. */
const ripeAtOne = memory.data<f32>([0.026986538]);
/** 1.8 nm to the fourth. */
const leastParticle = memory.data<f32>([1.8 * 1.8 * 1.8 * 1.8]);
const bulk: i32 = 3;
const visible = memory.data<f32>([0.15]);
const oneFifth = memory.data<f32>([0.2]);
const focused = memory.data<f32>([0.13]);
const greatest = memory.data<f32>([0.3]);

/** Sizes of hot injections and of reprecipitations are computed for all rows; the route chooses. */
export function particleSize(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const time = max(read(NumberSlot.timeSecond, out), constant(one));
    const temperature = read(NumberSlot.trueTemperatureCelsius, out);
    const lead = read(NumberSlot.trueLeadMolar, out);
    const lnBromide = log(div(read(NumberSlot.trueBromideMolar, out), lead));
    const lnAmine = log(add(div(read(NumberSlot.trueOleylamineMolar, out), lead), constant(half)));
    let lnHot = add(constant(lawConstant), mul(constant(lawTemperature), temperature));
    lnHot = add(lnHot, mul(constant(lawBromide), lnBromide));
    lnHot = add(lnHot, add(mul(constant(lawAmine), lnAmine), mul(constant(lawTime), log(time))));
    const habit = add(
      mul(take(Scratch.today + CalendarField.temperatureSlope, at), sub(temperature, constant(centreTemperature))),
      mul(take(Scratch.today + CalendarField.bromideSlope, at), sub(lnBromide, constant(lnCentreBromide))),
    );
    const lnSize = take(Scratch.today + CalendarField.lnSize, at);
    const root = sqrt(mul(time, constant(perRipening)));
    const ripe = sub(div(root, add(constant(one), root)), constant(ripeAtOne));
    const cold = add(
      add(constant(coldConstant), mul(constant(coldTemperature), temperature)),
      mul(constant(ripening), ripe),
    );
    // One exponential for both: the law of hot injection, or the laboratory's factor on the other one.
    const isHot = take(Scratch.isHot, at);
    const factor = exp(select(isHot, add(add(lnHot, lnSize), habit), lnSize));
    const law = select(isHot, factor, mul(cold, factor));
    const squared = mul(law, law);
    const size = sqrt(sqrt(add(mul(squared, squared), constant(leastParticle))));
    const glows = v128.and(
      i32x4.ne(take(Scratch.label, at), i32x4.splat(nothing)),
      f32x4.ge(read(NumberSlot.trueWeightFractionCsPbBr3, out), constant(visible)),
    );
    const hasSize = v128.and(glows, i32x4.ne(take(Scratch.route, at), i32x4.splat(bulk)));
    write(NumberSlot.trueSizeNanometre, out, select(hasSize, size, constant(missing)));
    // Whether it glows waits in the column of the peak.
    write(NumberSlot.truePhotoluminescencePeakNanometre, out, glows);
  }
  for (let i = from; i < to; i += 4) {
    const out = (<usize>i) << 2;
    const time = read(NumberSlot.timeSecond, out);
    const spread = mul(constant(half), add(time, div(constant(one), time)));
    const broad = mul(constant(focused), exp(mul(constant(oneFifth), log(spread))));
    const dispersion = div(mul(constant(greatest), broad), add(constant(greatest), broad));
    const size = read(NumberSlot.trueSizeNanometre, out);
    write(
      NumberSlot.trueSizeDispersionPercent,
      out,
      select(f32x4.eq(size, size), mul(constant(hundred), dispersion), constant(missing)),
    );
  }
}

const bulkElectronvolt = memory.data<f32>([2.34]);
const confinement = memory.data<f32>([6.9]);
const softening = memory.data<f32>([7.2]);
const planckLight = memory.data<f32>([1239.841984]);
const homogeneousSquared = memory.data<f32>([0.072 * 0.072]);
/** 2.3548 times 2 times 6.9 over 100 per cent. */
const broadening = memory.data<f32>([(2.3548200450309493 * 2 * 6.9) / 100]);
const trapping = memory.data<f32>([3]);
const wetting = memory.data<f32>([20]);
const ligandBinding = memory.data<f32>([20]);

/** Emission of what glows. Bulk crystals have no size and emit all the same. */
export function emission(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const out = (<usize>i) << 2;
    const glows = read(NumberSlot.truePhotoluminescencePeakNanometre, out);
    const size = read(NumberSlot.trueSizeNanometre, out);
    const hasSize = f32x4.eq(size, size);
    const inverse = div(constant(one), add(mul(size, size), constant(softening)));
    const energy = add(constant(bulkElectronvolt), v128.and(mul(constant(confinement), inverse), hasSize));
    const peak = div(constant(planckLight), energy);
    const slope = v128.and(
      mul(
        mul(mul(constant(broadening), read(NumberSlot.trueSizeDispersionPercent, out)), mul(size, size)),
        mul(inverse, inverse),
      ),
      hasSize,
    );
    const width = sqrt(add(constant(homogeneousSquared), mul(slope, slope)));
    write(
      NumberSlot.truePhotoluminescenceWidthNanometre,
      out,
      select(glows, div(mul(width, mul(peak, peak)), constant(planckLight)), constant(missing)),
    );
    write(NumberSlot.truePhotoluminescencePeakNanometre, out, select(glows, peak, constant(missing)));
    const bound = mul(
      constant(ligandBinding),
      add(read(NumberSlot.trueFreeOleylamineMolar, out), mul(constant(half), read(NumberSlot.trueIonPairMolar, out))),
    );
    const losses = add(
      div(constant(trapping), add(constant(one), bound)),
      mul(constant(wetting), read(NumberSlot.trueWaterFraction, out)),
    );
    write(
      NumberSlot.trueQuantumYield,
      out,
      select(
        glows,
        div(read(NumberSlot.trueWeightFractionCsPbBr3, out), add(constant(one), losses)),
        constant(missing),
      ),
    );
  }
}
