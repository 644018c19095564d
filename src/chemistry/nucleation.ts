import { boltzmannConstant, cubicMetrePerMillilitre, leastDrive, mostLnNuclei, noNucleation } from "./constants.js";
import { compounds } from "./phases.js";
import type { PhysicsValues } from "./physicsParameters.js";
import type { Supersaturation } from "./supersaturation.js";
import { kelvin } from "./units.js";

/** Nucleation by compound; rates are ln of 1/m³/s. */
export interface Nucleation {
  readonly lnRateCsPbBr3: number;
  readonly lnRateCs4PbBr6: number;
  readonly lnRateCsPb2Br5: number;
  /** Chance that enough nuclei for a visible product form, in [0, 1]. */
  readonly onsetProbability: number;
}

/** 16π/3 γ³v²/k³ in K³: the barrier over kT is this / (T³ (ln S)²). γ in J/m², v in nm³ per formula unit. */
export function barrierConstant(surfaceEnergy: number, formulaVolume: number): number {
  return (((16 * Math.PI) / 3) * surfaceEnergy ** 3 * (formulaVolume * 1e-27) ** 2) / boltzmannConstant ** 3;
}

/**
 * Classical nucleation theory for each compound: ln J = ln A - 16πγ³v²/(3 (kT)³ (ln S)²), none unless S > 1.
 *
 * A burst lasts as long as mixing keeps the liquid supersaturated, so N = V min(t, t_mix) ΣJ nuclei form, and the
 * product is seen with probability 1 - 2^(-N/N_min): an even chance at N_min.
 */
export function nucleation(
  s: Supersaturation,
  c: {
    readonly temperatureCelsius: number;
    readonly timeSecond: number;
    readonly mixingSecond: number;
    readonly volumeMillilitre: number;
  },
  p: PhysicsValues,
): Nucleation {
  const T = kelvin(c.temperatureCelsius);
  const lnRate = (lnS: number, surfaceEnergy: number, formulaVolume: number): number =>
    lnS > 0
      ? Math.max(
          p.lnNucleationPrefactor -
            barrierConstant(surfaceEnergy, formulaVolume) / (T ** 3 * Math.max(lnS, leastDrive) ** 2),
          noNucleation,
        )
      : noNucleation;
  const lnRateCsPbBr3 = lnRate(s.lnCsPbBr3, p.surfaceEnergyCsPbBr3, compounds.CsPbBr3.formulaVolume);
  const lnRateCs4PbBr6 = lnRate(s.lnCs4PbBr6, p.surfaceEnergyCs4PbBr6, compounds.Cs4PbBr6.formulaVolume);
  const lnRateCsPb2Br5 = lnRate(s.lnCsPb2Br5, p.surfaceEnergyCsPb2Br5, compounds.CsPb2Br5.formulaVolume);
  const fastest = Math.max(lnRateCsPbBr3, lnRateCs4PbBr6, lnRateCsPb2Br5);
  const lnTotal =
    fastest +
    Math.log(
      Math.exp(lnRateCsPbBr3 - fastest) + Math.exp(lnRateCs4PbBr6 - fastest) + Math.exp(lnRateCsPb2Br5 - fastest),
    );
  const lnNuclei =
    lnTotal + Math.log(c.volumeMillilitre * cubicMetrePerMillilitre * Math.min(c.timeSecond, c.mixingSecond));
  const onsetProbability = 1 - Math.exp(-Math.LN2 * Math.exp(Math.min(lnNuclei - p.lnVisibleNuclei, mostLnNuclei)));
  return { lnRateCsPbBr3, lnRateCs4PbBr6, lnRateCsPb2Br5, onsetProbability };
}
