import { firstSecond, gasConstant, mostCaesium, slopeCentre } from "../../chemistry/constants.js";
import { barrierConstant } from "../../chemistry/nucleation.js";
import { compounds } from "../../chemistry/phases.js";
import type { PhysicsValues } from "../../chemistry/physicsParameters.js";
import { ripened } from "../../chemistry/size.js";
import type { TwinSetup } from "../ExperimentEngine.js";
import { ParameterSlot } from "./parameterSlots.js";

/** The numbers that the kernels read, in the order of ParameterSlot. */
export function simdParameters({ physics: p, noise, laboratories: { count, days } }: TwinSetup): Float32Array {
  const values: Readonly<Record<keyof typeof ParameterSlot, number>> = {
    inverseAcidBase: 1 / p.acidBaseConstant,
    leadCapacity0: p.leadCapacity0,
    leadCapacity1: p.leadCapacity1,
    leadCapacityPolar: p.leadCapacityPolar,
    leadAmineBinding: p.leadAmineBinding,
    leadPolarBinding: p.leadPolarBinding,
    caesiumHydration: p.caesiumHydration,
    lnSolubilityCaesiumBromide: p.lnSolubilityCaesiumBromide,
    enthalpyCaesiumBromide: p.dissolutionEnthalpyCaesiumBromide / gasConstant,
    lnSolubilityLeadBromide: p.lnSolubilityLeadBromide,
    enthalpyLeadBromide: p.dissolutionEnthalpyLeadBromide / gasConstant,
    ...energies(p),
    barrier0: barrierConstant(p.surfaceEnergyCsPbBr3, compounds.CsPbBr3.formulaVolume),
    barrier1: barrierConstant(p.surfaceEnergyCs4PbBr6, compounds.Cs4PbBr6.formulaVolume),
    barrier2: barrierConstant(p.surfaceEnergyCsPb2Br5, compounds.CsPb2Br5.formulaVolume),
    lnPrefactor: p.lnNucleationPrefactor,
    lnVisibleNuclei: p.lnVisibleNuclei,
    kineticWeight: p.kineticWeight,
    kineticOffset1: p.kineticOffset1,
    kineticOffset2: p.kineticOffset2,
    sharpness1: p.equilibriumSharpness1,
    sharpness2: p.equilibriumSharpness2,
    equilibriumOffset1: p.equilibriumOffset1,
    equilibriumOffset2: p.equilibriumOffset2,
    relaxationTime: p.relaxationTime,
    lnMostCaesium: Math.log(mostCaesium),
    // To seven digits, as in all tables so far: the nearest float32 is the next one up.
    lnCentreBromide: Number(Math.log(slopeCentre.bromideLeadRatio).toPrecision(7)),
    ripeAtFirst: ripened(firstSecond),
    noise,
    labs: count,
    days,
  };
  return Float32Array.from(Object.keys(values), (_, slot) => values[ParameterSlot[slot] as keyof typeof ParameterSlot]);
}

/** ΔG/RT = energy/T - entropy (1 - T0/T): ΔG at room temperature over R in K, and ΔS over R. */
function energies(
  p: PhysicsValues,
): Record<"energy0" | "entropy0" | "energy1" | "entropy1" | "energy2" | "entropy2", number> {
  return {
    energy0: p.reactionEnergy0 / gasConstant,
    entropy0: p.reactionEntropy0 / gasConstant,
    energy1: p.reactionEnergy1 / gasConstant,
    entropy1: p.reactionEntropy1 / gasConstant,
    energy2: p.reactionEnergy2 / gasConstant,
    entropy2: p.reactionEntropy2 / gasConstant,
  };
}
