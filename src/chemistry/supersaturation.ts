import { gasConstant, leastActivity, roomKelvin } from "./constants.js";
import type { PhysicsValues } from "./physicsParameters.js";
import type { Speciation } from "./speciation.js";
import { kelvin } from "./units.js";

/**
 * Natural logarithms of supersaturations S, and of the quotients of the two exchange reactions. Below 0:
 * undersaturated.
 */
export interface Supersaturation {
  readonly lnCaesiumBromide: number;
  readonly lnLeadBromide: number;
  readonly lnCsPbBr3: number;
  readonly lnCs4PbBr6: number;
  readonly lnCsPb2Br5: number;
  /** Of CsPbBr3 + 3 CsBr → Cs4PbBr6 and CsPbBr3 + PbBr2 → CsPb2Br5, in units of RT. */
  readonly exchangeCs4PbBr6: number;
  readonly exchangeCsPb2Br5: number;
}

/**
 * Supersaturation of the binary salts, and of the ternary compounds by the thermodynamic cycle. Solubility products
 * of the ternary compounds are not free: they follow from the salts' and the reaction energies.
 *
 * ln S(CsBr) = ln(a_Cs a_Br) - ln K_Cs(T), ln S(PbBr2) = ln(a_Pb a_Br²) - ln K_Pb(T), ln K(T) by van 't Hoff;
 * ln S_113 = ln S(CsBr) + ln S(PbBr2) - ΔG0/RT, ln S_416 = ln S_113 + 3 ln S(CsBr) - ΔG1/RT,
 * ln S_125 = ln S_113 + ln S(PbBr2) - ΔG2/RT, ΔG(T) = ΔG(298 K) - ΔS (T - 298 K).
 */
export function supersaturation(
  { caesiumActivity, leadActivity, bromideActivity }: Speciation,
  temperatureCelsius: number,
  p: PhysicsValues,
): Supersaturation {
  const T = kelvin(temperatureCelsius);
  const inverse = 1 / T - 1 / roomKelvin;
  const lnBromide = Math.log(Math.max(bromideActivity, leastActivity));
  const lnCaesiumBromide =
    Math.log(Math.max(caesiumActivity, leastActivity)) +
    lnBromide -
    (p.lnSolubilityCaesiumBromide - (p.dissolutionEnthalpyCaesiumBromide / gasConstant) * inverse);
  const lnLeadBromide =
    Math.log(Math.max(leadActivity, leastActivity)) +
    2 * lnBromide -
    (p.lnSolubilityLeadBromide - (p.dissolutionEnthalpyLeadBromide / gasConstant) * inverse);
  const energy = (atRoom: number, entropy: number): number => (atRoom - entropy * (T - roomKelvin)) / (gasConstant * T);
  const exchangeCs4PbBr6 = 3 * lnCaesiumBromide - energy(p.reactionEnergy1, p.reactionEntropy1);
  const exchangeCsPb2Br5 = lnLeadBromide - energy(p.reactionEnergy2, p.reactionEntropy2);
  const lnCsPbBr3 = lnCaesiumBromide + lnLeadBromide - energy(p.reactionEnergy0, p.reactionEntropy0);
  return {
    lnCaesiumBromide,
    lnLeadBromide,
    lnCsPbBr3,
    lnCs4PbBr6: lnCsPbBr3 + exchangeCs4PbBr6,
    lnCsPb2Br5: lnCsPbBr3 + exchangeCsPb2Br5,
    exchangeCs4PbBr6,
    exchangeCsPb2Br5,
  };
}
