// @ts-nocheck: AssemblyScript; asc checks it
import {
  caesiumRichConfusion,
  dispersionPower,
  emissionLaw,
  focusedDispersion,
  fullWidth,
  firstSecond,
  greatestDispersion,
  growthSecond,
  homogeneousWidth,
  hotInjectionLaw,
  leastOnset,
  leastParticle,
  leastYield,
  lnCaesiumSpread,
  mostCaesium,
  mostWater,
  perovskiteConfusion,
  planckLightElectronvoltNanometre,
  quantumYieldLaw,
  referenceThreshold,
  reprecipitationLaw,
  slopeCentre,
  thresholdSpread,
  visiblePerovskite,
  waterSpread,
  yieldSpread,
} from "../../../chemistry/constants";
import { CalendarField, CodeSlot, NumberSlot } from "../../layout";
import { ParameterSlot } from "../parameterSlots";
import { add, constant, div, max, min, mul, select, sqrt, sub } from "../../../core/assembly/arithmetic";
import { writeBytes } from "./codes";
import { read, write } from "./columns";
import { exp, log, sigmoid } from "../../../core/assembly/math";
import { parameter } from "./parameters";
import { put, Scratch, take } from "./scratch";

/*
 * phaseLabel.ts, size.ts and optics.ts of src/chemistry, with its constants.
 */

const zero = memory.data<f32>([0]);
const one = memory.data<f32>([1]);
const half = memory.data<f32>([0.5]);
const hundred = memory.data<f32>([100]);
const missing = memory.data<u32>([0x7fc00000]);

const seenOnset = memory.data<f32>([<f32>leastOnset]);
const seenYield = memory.data<f32>([<f32>leastYield]);
const wettest = memory.data<f32>([<f32>mostWater]);
const saltiest = memory.data<f32>([<f32>mostCaesium]);
const perYield = memory.data<f32>([<f32>1 / <f32>yieldSpread]);
const perWater = memory.data<f32>([<f32>1 / <f32>waterSpread]);
const perLnCaesium = memory.data<f32>([<f32>1 / <f32>lnCaesiumSpread]);
const perThreshold = memory.data<f32>([<f32>1 / <f32>thresholdSpread]);
const pureShare = memory.data<f32>([<f32>1 - <f32>referenceThreshold]);
const perovskiteMistaken = memory.data<f32>([<f32>perovskiteConfusion]);
const caesiumRichMistaken = memory.data<f32>([<f32>caesiumRichConfusion]);
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
      f32x4.lt(read(NumberSlot.trueOnsetProbability, out), constant(seenOnset)),
      f32x4.lt(read(NumberSlot.trueLeadYield, out), constant(seenYield)),
    );
    const spoilt = v128.or(
      f32x4.gt(read(NumberSlot.trueWaterFraction, out), constant(wettest)),
      f32x4.gt(ratio, constant(saltiest)),
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
    const enough = sigmoid(mul(sub(read(NumberSlot.trueLeadYield, out), constant(seenYield)), constant(perYield)));
    const dry = sigmoid(mul(sub(constant(wettest), read(NumberSlot.trueWaterFraction, out)), constant(perWater)));
    const unsalted = sigmoid(mul(sub(parameter(ParameterSlot.lnMostCaesium), log(ratio)), constant(perLnCaesium)));
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
    const toFirst = mul(constant(perovskiteMistaken), sub(mixed, first));
    const toSecond = mul(constant(caesiumRichMistaken), sub(mixed, second));
    write(NumberSlot.trueProbabilityCsPbBr3, out, add(first, toFirst));
    write(NumberSlot.trueProbabilityCs4PbBr6, out, add(second, toSecond));
    write(NumberSlot.trueProbabilityCsPb2Br5, out, third);
    write(NumberSlot.trueProbabilityCoexistence, out, sub(sub(mixed, toFirst), toSecond));
    write(NumberSlot.trueProbabilityNothing, out, sub(constant(one), product));
  }
}

const lawConstant = memory.data<f32>([<f32>hotInjectionLaw.constant]);
const lawTemperature = memory.data<f32>([<f32>hotInjectionLaw.temperature]);
const lawBromide = memory.data<f32>([<f32>hotInjectionLaw.bromide]);
const lawAmine = memory.data<f32>([<f32>hotInjectionLaw.oleylamine]);
const lawAmineShift = memory.data<f32>([<f32>hotInjectionLaw.oleylamineShift]);
const lawTime = memory.data<f32>([<f32>hotInjectionLaw.time]);
const centreTemperature = memory.data<f32>([<f32>slopeCentre.temperatureCelsius]);
const coldConstant = memory.data<f32>([<f32>reprecipitationLaw.constant]);
const coldTemperature = memory.data<f32>([<f32>reprecipitationLaw.temperature]);
const ripening = memory.data<f32>([<f32>reprecipitationLaw.ripening]);
const perRipening = memory.data<f32>([<f32>1 / <f32>reprecipitationLaw.ripeningSecond]);
const earliest = memory.data<f32>([<f32>firstSecond]);
/** To the fourth. */
const smallest = memory.data<f32>([<f32>leastParticle * <f32>leastParticle * <f32>leastParticle * <f32>leastParticle]);
const bulk: i32 = 3;
const visible = memory.data<f32>([<f32>visiblePerovskite]);
const perGrowth = memory.data<f32>([<f32>1 / <f32>growthSecond]);
const risingPower = memory.data<f32>([<f32>dispersionPower]);
const focused = memory.data<f32>([<f32>focusedDispersion]);
const greatest = memory.data<f32>([<f32>greatestDispersion]);

/** Sizes of hot injections and of reprecipitations are computed for all rows; the route chooses. */
export function particleSize(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const time = max(read(NumberSlot.timeSecond, out), constant(earliest));
    const temperature = read(NumberSlot.trueTemperatureCelsius, out);
    const lead = read(NumberSlot.trueLeadMolar, out);
    const lnBromide = log(div(read(NumberSlot.trueBromideMolar, out), lead));
    const lnAmine = log(add(div(read(NumberSlot.trueOleylamineMolar, out), lead), constant(lawAmineShift)));
    let lnHot = add(constant(lawConstant), mul(constant(lawTemperature), temperature));
    lnHot = add(lnHot, mul(constant(lawBromide), lnBromide));
    lnHot = add(lnHot, add(mul(constant(lawAmine), lnAmine), mul(constant(lawTime), log(time))));
    const habit = add(
      mul(take(Scratch.today + CalendarField.temperatureSlope, at), sub(temperature, constant(centreTemperature))),
      mul(
        take(Scratch.today + CalendarField.bromideSlope, at),
        sub(lnBromide, parameter(ParameterSlot.lnCentreBromide)),
      ),
    );
    const lnSize = take(Scratch.today + CalendarField.lnSize, at);
    const root = sqrt(mul(time, constant(perRipening)));
    const ripe = sub(div(root, add(constant(one), root)), parameter(ParameterSlot.ripeAtFirst));
    const cold = add(
      add(constant(coldConstant), mul(constant(coldTemperature), temperature)),
      mul(constant(ripening), ripe),
    );
    // One exponential for both: the law of hot injection, or the laboratory's factor on the other one.
    const isHot = take(Scratch.isHot, at);
    const factor = exp(select(isHot, add(add(lnHot, lnSize), habit), lnSize));
    const law = select(isHot, factor, mul(cold, factor));
    const squared = mul(law, law);
    const size = sqrt(sqrt(add(mul(squared, squared), constant(smallest))));
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
    const time = mul(read(NumberSlot.timeSecond, out), constant(perGrowth));
    const spread = mul(constant(half), add(time, div(constant(one), time)));
    const broad = mul(constant(focused), exp(mul(constant(risingPower), log(spread))));
    const dispersion = div(mul(constant(greatest), broad), add(constant(greatest), broad));
    const size = read(NumberSlot.trueSizeNanometre, out);
    write(
      NumberSlot.trueSizeDispersionPercent,
      out,
      select(f32x4.eq(size, size), mul(constant(hundred), dispersion), constant(missing)),
    );
  }
}

const bulkElectronvolt = memory.data<f32>([<f32>emissionLaw.bulkElectronvolt]);
const confinement = memory.data<f32>([<f32>emissionLaw.confinement]);
const softening = memory.data<f32>([<f32>emissionLaw.softening]);
const planckLight = memory.data<f32>([<f32>planckLightElectronvoltNanometre]);
const homogeneousSquared = memory.data<f32>([<f32>homogeneousWidth * <f32>homogeneousWidth]);
/** Of the full width by a dispersion in per cent. */
const broadening = memory.data<f32>([(<f32>fullWidth * <f32>2 * <f32>emissionLaw.confinement) / <f32>100]);
const trapping = memory.data<f32>([<f32>quantumYieldLaw.trapping]);
const wetting = memory.data<f32>([<f32>quantumYieldLaw.water]);
const ligandBinding = memory.data<f32>([<f32>quantumYieldLaw.ligandBinding]);
const pairShare = memory.data<f32>([<f32>quantumYieldLaw.pairShare]);

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
      add(
        read(NumberSlot.trueFreeOleylamineMolar, out),
        mul(constant(pairShare), read(NumberSlot.trueIonPairMolar, out)),
      ),
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
