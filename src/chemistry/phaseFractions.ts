import {
  gasConstant,
  kineticLimit,
  leastNeed,
  polarAcceleration,
  relaxationEnergy,
  relaxationKelvin,
  saturationSharpness,
} from "./constants.js";
import type { Conditions } from "./Conditions.js";
import type { Nucleation } from "./nucleation.js";
import { compounds } from "./phases.js";
import type { PhysicsValues } from "./physicsParameters.js";
import type { Speciation } from "./speciation.js";
import type { Supersaturation } from "./supersaturation.js";
import { kelvin } from "./units.js";

/** How the precipitate divides, in the order CsPbBr3, Cs4PbBr6, CsPb2Br5. All 0 where nothing is supersaturated. */
export interface PhaseFractions {
  /** Shares of the precipitated lead; sum 1 (or 0). */
  readonly leadShares: readonly [number, number, number];
  /** Weight fractions of the precipitate; sum 1 (or 0). */
  readonly weightFractions: readonly [number, number, number];
  /** Lead in the precipitate, mol/L. */
  readonly precipitatedLeadMolar: number;
}

const { CsPbBr3, Cs4PbBr6, CsPb2Br5 } = compounds;
const ternary = [CsPbBr3, Cs4PbBr6, CsPb2Br5] as const;
/** Ions per formula unit. */
const ions = ternary.map(({ caesium, lead, bromide }) => caesium + lead + bromide);

/**
 * A kinetic start (who nucleates first) that relaxes to equilibrium (who is stable), then as much precipitate as
 * the scarcest element allows.
 *
 * Logits against CsPbBr3: kinetic c (ln J_k - ln J_113), within ±8, + a_k, for an embryo of more ions orders more
 * slowly; equilibrium s_k (ln S_k/ν_k - ln S_113/ν_113) + o_k with ν ions per formula unit; mixed as (1 - f)
 * kinetic + f equilibrium, f = 1 - exp(-t/τ), τ = τ0 exp(E/R (1/T - 1/373 K)) / (1 + 5 φ). Precipitated lead
 * P = min over elements of C_e / Σ W_k ν_e,k/ν_Pb,k, times Σ W_k (1 - S_k^(-1/ν_Pb,k)), what exceeds saturation:
 * every element's balance closes by construction.
 */
export function phaseFractions(
  c: Conditions,
  { dissolvedLeadMolar }: Speciation,
  s: Supersaturation,
  n: Nucleation,
  p: PhysicsValues,
): PhaseFractions {
  const T = kelvin(c.temperatureCelsius);
  const relaxation =
    (p.relaxationTime * Math.exp((relaxationEnergy / gasConstant) * (1 / T - 1 / relaxationKelvin))) /
    (1 + polarAcceleration * c.polarSolventFraction);
  const relaxed = 1 - Math.exp(-c.timeSecond / relaxation);
  const kinetic = (lnRate: number): number =>
    Math.min(Math.max(p.kineticWeight * (lnRate - n.lnRateCsPbBr3), -kineticLimit), kineticLimit);
  const drive = [s.lnCsPbBr3, s.lnCs4PbBr6, s.lnCsPb2Br5];
  const perIon = (k: number): number => drive[k] / ions[k] - drive[0] / ions[0];
  const logits = [
    0,
    (1 - relaxed) * (kinetic(n.lnRateCs4PbBr6) + p.kineticOffset1) +
      relaxed * (p.equilibriumSharpness1 * perIon(1) + p.equilibriumOffset1),
    (1 - relaxed) * (kinetic(n.lnRateCsPb2Br5) + p.kineticOffset2) +
      relaxed * (p.equilibriumSharpness2 * perIon(2) + p.equilibriumOffset2),
  ];
  const highest = Math.max(...logits);
  const weights = logits.map(
    (logit, k) => Math.exp(logit - highest) * Math.max(1 - Math.exp(-saturationSharpness * drive[k]), 0),
  );
  const leadShares = shares(weights);
  const need = (element: "caesium" | "lead" | "bromide"): number =>
    leadShares.reduce((sum, share, k) => sum + (share * ternary[k][element]) / ternary[k].lead, 0);
  const excess = leadShares.reduce(
    (sum, share, k) => sum + share * Math.max(1 - Math.exp(-drive[k] / ternary[k].lead), 0),
    0,
  );
  // Where nothing precipitates every need is 0 and so is the excess.
  const affordable = Math.min(
    c.caesiumMolar / Math.max(need("caesium"), leastNeed),
    dissolvedLeadMolar / Math.max(need("lead"), leastNeed),
    c.bromideMolar / Math.max(need("bromide"), leastNeed),
  );
  return {
    leadShares,
    weightFractions: shares(leadShares.map((share, k) => (share * ternary[k].molarMass) / ternary[k].lead)),
    precipitatedLeadMolar: excess > 0 ? excess * affordable : 0,
  };
}

function shares(weights: readonly number[]): [number, number, number] {
  const sum = weights[0] + weights[1] + weights[2];
  return sum > 0 ? [weights[0] / sum, weights[1] / sum, weights[2] / sum] : [0, 0, 0];
}
