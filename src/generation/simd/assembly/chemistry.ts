// @ts-nocheck: AssemblyScript; asc checks it
import {
  acidShare,
  atomicWeights,
  capacityKelvin,
  capacityScaleKelvin,
  cubicMetrePerMillilitre,
  gasConstant,
  kineticLimit,
  leastActivity,
  leastDrive,
  leastNeed,
  mostLnNuclei,
  noNucleation,
  polarAcceleration,
  relaxationEnergy,
  relaxationKelvin,
  roomKelvin,
  saturationSharpness,
} from "../../../chemistry/constants";
import { NumberSlot } from "../../layout";
import { ParameterSlot } from "../parameterSlots";
import { add, constant, div, max, min, mul, select, sqrt, sub } from "../../../core/assembly/arithmetic";
import { read, write } from "./columns";
import { exp, log } from "../../../core/assembly/math";
import { parameter } from "./parameters";
import { put, Scratch, take } from "./scratch";

/*
 * One function for each module of src/chemistry, which has the formulas, their units and sources. Numbers come from its
 * constants; only those that a formula itself has, such as the ions of a compound, stand here.
 */

const zero = memory.data<f32>([0]);
const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const three = memory.data<f32>([3]);
const four = memory.data<f32>([4]);

const capacityAt = memory.data<f32>([<f32>capacityKelvin]);
const perCapacityScale = memory.data<f32>([<f32>1 / <f32>capacityScaleKelvin]);
const heldByAcid = memory.data<f32>([<f32>acidShare]);

/** speciation.ts */
export function speciation(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const acid = max(sub(read(NumberSlot.oleicAcidMolar, out), take(Scratch.caesiumOleate, at)), constant(zero));
    const amine = read(NumberSlot.trueOleylamineMolar, out);
    const s = add(add(acid, amine), parameter(ParameterSlot.inverseAcidBase));
    const product = mul(acid, amine);
    const root = sqrt(max(sub(mul(s, s), mul(constant(four), product)), constant(zero)));
    const pair = div(mul(constant(two), product), add(s, root));
    const free = max(sub(amine, pair), constant(zero));
    const polar = read(NumberSlot.polarSolventFraction, out);
    const warming = exp(mul(sub(take(Scratch.kelvin, at), constant(capacityAt)), constant(perCapacityScale)));
    const held = add(
      parameter(ParameterSlot.leadCapacity0),
      mul(parameter(ParameterSlot.leadCapacity1), add(mul(constant(heldByAcid), acid), pair)),
    );
    const capacity = add(mul(held, warming), mul(parameter(ParameterSlot.leadCapacityPolar), polar));
    const dissolved = min(read(NumberSlot.trueLeadMolar, out), capacity);
    write(NumberSlot.trueIonPairMolar, out, pair);
    write(NumberSlot.trueFreeOleylamineMolar, out, free);
    write(NumberSlot.trueDissolvedLeadMolar, out, dissolved);
    write(
      NumberSlot.trueLeadActivity,
      out,
      div(
        dissolved,
        add(
          constant(one),
          add(
            mul(parameter(ParameterSlot.leadAmineBinding), free),
            mul(parameter(ParameterSlot.leadPolarBinding), polar),
          ),
        ),
      ),
    );
    write(
      NumberSlot.trueCaesiumActivity,
      out,
      div(
        read(NumberSlot.trueCaesiumMolar, out),
        add(constant(one), mul(parameter(ParameterSlot.caesiumHydration), read(NumberSlot.trueWaterFraction, out))),
      ),
    );
  }
}

const faintest = memory.data<f32>([<f32>leastActivity]);
const inverseRoom = memory.data<f32>([<f32>1 / <f32>roomKelvin]);
const room = memory.data<f32>([<f32>roomKelvin]);

/** supersaturation.ts */
export function supersaturation(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const inverse = sub(take(Scratch.inverseKelvin, at), constant(inverseRoom));
    const bromide = log(max(read(NumberSlot.trueBromideMolar, out), constant(faintest)));
    const caesium = log(max(read(NumberSlot.trueCaesiumActivity, out), constant(faintest)));
    const lead = log(max(read(NumberSlot.trueLeadActivity, out), constant(faintest)));
    const lnKCaesium = sub(
      parameter(ParameterSlot.lnSolubilityCaesiumBromide),
      mul(parameter(ParameterSlot.enthalpyCaesiumBromide), inverse),
    );
    const lnKLead = sub(
      parameter(ParameterSlot.lnSolubilityLeadBromide),
      mul(parameter(ParameterSlot.enthalpyLeadBromide), inverse),
    );
    write(NumberSlot.trueLnSupersaturationCsBr, out, sub(add(caesium, bromide), lnKCaesium));
    write(NumberSlot.trueLnSupersaturationPbBr2, out, sub(add(lead, mul(constant(two), bromide)), lnKLead));
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const inverse = take(Scratch.inverseKelvin, at);
    // (T - T0) / T
    const above = sub(constant(one), mul(constant(room), inverse));
    const salt = read(NumberSlot.trueLnSupersaturationCsBr, out);
    const leadSalt = read(NumberSlot.trueLnSupersaturationPbBr2, out);
    const energy0 = sub(mul(parameter(ParameterSlot.energy0), inverse), mul(parameter(ParameterSlot.entropy0), above));
    const energy1 = sub(mul(parameter(ParameterSlot.energy1), inverse), mul(parameter(ParameterSlot.entropy1), above));
    const energy2 = sub(mul(parameter(ParameterSlot.energy2), inverse), mul(parameter(ParameterSlot.entropy2), above));
    const perovskite = sub(add(salt, leadSalt), energy0);
    const exchange1 = sub(mul(constant(three), salt), energy1);
    const exchange2 = sub(leadSalt, energy2);
    write(NumberSlot.trueExchangeCs4PbBr6, out, exchange1);
    write(NumberSlot.trueExchangeCsPb2Br5, out, exchange2);
    write(NumberSlot.trueLnSupersaturationCsPbBr3, out, perovskite);
    write(NumberSlot.trueLnSupersaturationCs4PbBr6, out, add(perovskite, exchange1));
    write(NumberSlot.trueLnSupersaturationCsPb2Br5, out, add(perovskite, exchange2));
  }
}

const none = memory.data<f32>([<f32>noNucleation]);
const smallestDrive = memory.data<f32>([<f32>leastDrive]);
const millilitre = memory.data<f32>([<f32>cubicMetrePerMillilitre]);
const minusLn2 = memory.data<f32>([-(<f32>Math.LN2)]);
const certain = memory.data<f32>([<f32>mostLnNuclei]);


@inline
function lnRate(drive: v128, barrier: v128, inverseCube: v128): v128 {
  const least = max(drive, constant(smallestDrive));
  const rate = max(
    sub(parameter(ParameterSlot.lnPrefactor), div(mul(barrier, inverseCube), mul(least, least))),
    constant(none),
  );
  return select(f32x4.gt(drive, constant(zero)), rate, constant(none));
}

/** nucleation.ts */
export function nucleation(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const inverse = take(Scratch.inverseKelvin, at);
    const cube = mul(mul(inverse, inverse), inverse);
    write(
      NumberSlot.trueLnNucleationRateCsPbBr3,
      out,
      lnRate(read(NumberSlot.trueLnSupersaturationCsPbBr3, out), parameter(ParameterSlot.barrier0), cube),
    );
    write(
      NumberSlot.trueLnNucleationRateCs4PbBr6,
      out,
      lnRate(read(NumberSlot.trueLnSupersaturationCs4PbBr6, out), parameter(ParameterSlot.barrier1), cube),
    );
    write(
      NumberSlot.trueLnNucleationRateCsPb2Br5,
      out,
      lnRate(read(NumberSlot.trueLnSupersaturationCsPb2Br5, out), parameter(ParameterSlot.barrier2), cube),
    );
  }
  for (let i = from; i < to; i += 4) {
    const out = (<usize>i) << 2;
    const first = read(NumberSlot.trueLnNucleationRateCsPbBr3, out);
    const second = read(NumberSlot.trueLnNucleationRateCs4PbBr6, out);
    const third = read(NumberSlot.trueLnNucleationRateCsPb2Br5, out);
    const fastest = max(max(first, second), third);
    const sum = add(add(exp(sub(first, fastest)), exp(sub(second, fastest))), exp(sub(third, fastest)));
    const burst = mul(
      mul(read(NumberSlot.volumeMillilitre, out), constant(millilitre)),
      min(read(NumberSlot.timeSecond, out), read(NumberSlot.trueMixingSecond, out)),
    );
    const above = sub(add(fastest, log(mul(sum, burst))), parameter(ParameterSlot.lnVisibleNuclei));
    write(
      NumberSlot.trueOnsetProbability,
      out,
      sub(constant(one), exp(mul(constant(minusLn2), exp(min(above, constant(certain)))))),
    );
  }
}

/** The activation energy over the gas constant, and at the temperature of τ0. */
const activation = memory.data<f32>([<f32>relaxationEnergy / <f32>gasConstant]);
const activationAt = memory.data<f32>([<f32>relaxationEnergy / <f32>gasConstant / <f32>relaxationKelvin]);
const acceleration = memory.data<f32>([<f32>polarAcceleration]);
const mostKinetic = memory.data<f32>([<f32>kineticLimit]);
const leastKinetic = memory.data<f32>([-(<f32>kineticLimit)]);
const sharpness = memory.data<f32>([<f32>saturationSharpness]);
/** Of CsPbBr3, Cs4PbBr6 and CsPb2Br5. */
const perIon0 = memory.data<f32>([<f32>1 / <f32>(1 + 1 + 3)]);
const perIon1 = memory.data<f32>([<f32>1 / <f32>(4 + 1 + 6)]);
const perIon2 = memory.data<f32>([<f32>1 / <f32>(1 + 2 + 5)]);
const half = memory.data<f32>([0.5]);
const six = memory.data<f32>([6]);
const twoAndHalf = memory.data<f32>([2.5]);
const tiny = memory.data<f32>([<f32>leastNeed]);
/** Grams per mol of lead. */
const mass0 = memory.data<f32>([
  <f32>atomicWeights.caesium + <f32>atomicWeights.lead + <f32>3 * <f32>atomicWeights.bromine,
]);
const mass1 = memory.data<f32>([
  <f32>4 * <f32>atomicWeights.caesium + <f32>atomicWeights.lead + <f32>6 * <f32>atomicWeights.bromine,
]);
const mass2 = memory.data<f32>([
  (<f32>atomicWeights.caesium + <f32>2 * <f32>atomicWeights.lead + <f32>5 * <f32>atomicWeights.bromine) / <f32>2,
]);


@inline
function kinetic(rate: v128, reference: v128): v128 {
  return max(
    min(mul(parameter(ParameterSlot.kineticWeight), sub(rate, reference)), constant(mostKinetic)),
    constant(leastKinetic),
  );
}

/** What is above saturation, 0 where nothing is: exp(-x) from 1. */
@inline
function above(scaled: v128): v128 {
  return max(sub(constant(one), exp(f32x4.neg(scaled))), constant(zero));
}

/** phaseFractions.ts and leadYield.ts */
export function phaseFractions(from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const polar = read(NumberSlot.polarSolventFraction, out);
    const slowness = exp(sub(mul(constant(activation), take(Scratch.inverseKelvin, at)), constant(activationAt)));
    const relaxation = div(
      mul(parameter(ParameterSlot.relaxationTime), slowness),
      add(constant(one), mul(constant(acceleration), polar)),
    );
    const unrelaxed = exp(f32x4.neg(div(read(NumberSlot.timeSecond, out), relaxation)));
    const relaxed = sub(constant(one), unrelaxed);
    const reference = read(NumberSlot.trueLnNucleationRateCsPbBr3, out);
    const reference5 = mul(read(NumberSlot.trueLnSupersaturationCsPbBr3, out), constant(perIon0));
    const drive1 = sub(mul(read(NumberSlot.trueLnSupersaturationCs4PbBr6, out), constant(perIon1)), reference5);
    const drive2 = sub(mul(read(NumberSlot.trueLnSupersaturationCsPb2Br5, out), constant(perIon2)), reference5);
    const kinetic1 = add(
      kinetic(read(NumberSlot.trueLnNucleationRateCs4PbBr6, out), reference),
      parameter(ParameterSlot.kineticOffset1),
    );
    const kinetic2 = add(
      kinetic(read(NumberSlot.trueLnNucleationRateCsPb2Br5, out), reference),
      parameter(ParameterSlot.kineticOffset2),
    );
    const stable1 = add(mul(parameter(ParameterSlot.sharpness1), drive1), parameter(ParameterSlot.equilibriumOffset1));
    const stable2 = add(mul(parameter(ParameterSlot.sharpness2), drive2), parameter(ParameterSlot.equilibriumOffset2));
    // Logits wait in the columns of shares.
    put(Scratch.leadShare1, at, add(mul(unrelaxed, kinetic1), mul(relaxed, stable1)));
    put(Scratch.leadShare2, at, add(mul(unrelaxed, kinetic2), mul(relaxed, stable2)));
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const logit1 = take(Scratch.leadShare1, at),
      logit2 = take(Scratch.leadShare2, at);
    const highest = max(max(constant(zero), logit1), logit2);
    const weight0 = mul(
      exp(f32x4.neg(highest)),
      above(mul(constant(sharpness), read(NumberSlot.trueLnSupersaturationCsPbBr3, out))),
    );
    const weight1 = mul(
      exp(sub(logit1, highest)),
      above(mul(constant(sharpness), read(NumberSlot.trueLnSupersaturationCs4PbBr6, out))),
    );
    const weight2 = mul(
      exp(sub(logit2, highest)),
      above(mul(constant(sharpness), read(NumberSlot.trueLnSupersaturationCsPb2Br5, out))),
    );
    const sum = add(add(weight0, weight1), weight2);
    // Nothing supersaturated: shares are 0, not 0/0.
    const scale = v128.and(div(constant(one), sum), f32x4.gt(sum, constant(zero)));
    put(Scratch.leadShare0, at, mul(weight0, scale));
    put(Scratch.leadShare1, at, mul(weight1, scale));
    put(Scratch.leadShare2, at, mul(weight2, scale));
  }
  for (let i = from; i < to; i += 4) {
    const at = (<usize>(i - from)) << 2,
      out = (<usize>i) << 2;
    const share0 = take(Scratch.leadShare0, at),
      share1 = take(Scratch.leadShare1, at),
      share2 = take(Scratch.leadShare2, at);
    const total0 = mul(share0, constant(mass0)),
      total1 = mul(share1, constant(mass1)),
      total2 = mul(share2, constant(mass2));
    const sum = add(add(total0, total1), total2);
    const scale = v128.and(div(constant(one), sum), f32x4.gt(sum, constant(zero)));
    write(NumberSlot.trueWeightFractionCsPbBr3, out, mul(total0, scale));
    write(NumberSlot.trueWeightFractionCs4PbBr6, out, mul(total1, scale));
    write(NumberSlot.trueWeightFractionCsPb2Br5, out, mul(total2, scale));
    const caesium = add(add(share0, mul(constant(four), share1)), mul(constant(half), share2));
    const lead = add(add(share0, share1), share2);
    const bromide = add(
      add(mul(constant(three), share0), mul(constant(six), share1)),
      mul(constant(twoAndHalf), share2),
    );
    const excess0 = mul(share0, above(read(NumberSlot.trueLnSupersaturationCsPbBr3, out)));
    const excess1 = mul(share1, above(read(NumberSlot.trueLnSupersaturationCs4PbBr6, out)));
    const excess2 = mul(share2, above(mul(constant(half), read(NumberSlot.trueLnSupersaturationCsPb2Br5, out))));
    const byCaesium = div(read(NumberSlot.trueCaesiumMolar, out), max(caesium, constant(tiny)));
    const byLead = div(read(NumberSlot.trueDissolvedLeadMolar, out), max(lead, constant(tiny)));
    const byBromide = div(read(NumberSlot.trueBromideMolar, out), max(bromide, constant(tiny)));
    const precipitated = mul(add(add(excess0, excess1), excess2), min(min(byCaesium, byLead), byBromide));
    write(NumberSlot.trueLeadYield, out, min(div(precipitated, read(NumberSlot.trueLeadMolar, out)), constant(one)));
  }
}
