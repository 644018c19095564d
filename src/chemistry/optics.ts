import { emissionLaw, fullWidth, homogeneousWidth, quantumYieldLaw } from "./constants.js";
import { photonEnergy, widthInNanometre } from "./units.js";

/**
 * Energy of the emission peak in eV: 2.34 + 6.9 / (D² + 7.2), D the edge length in nm; bulk crystals (NaN) emit at 2.34
 * eV. The effective-mass limit has 6.3 to 9.0 eV nm² for the published reduced masses of 0.18 and 0.126.
 */
export function emissionEnergy(sizeNanometre: number): number {
  const { bulkElectronvolt, confinement, softening } = emissionLaw;
  return Number.isNaN(sizeNanometre)
    ? bulkElectronvolt
    : bulkElectronvolt + confinement / (sizeNanometre ** 2 + softening);
}

/** Wavelength of the emission peak in nm. */
export function emissionPeak(sizeNanometre: number): number {
  return photonEnergy(emissionEnergy(sizeNanometre));
}

/**
 * Full width at half maximum in nm: G² = G_h² + (2.355 σ dE/dD)², converted at the peak.
 *
 * @param dispersion  σ/D, the relative standard deviation of the size
 */
export function emissionWidth(sizeNanometre: number, dispersion: number): number {
  const peak = emissionPeak(sizeNanometre);
  if (Number.isNaN(sizeNanometre)) return widthInNanometre(homogeneousWidth, peak);
  const { confinement, softening } = emissionLaw;
  const slope = (2 * confinement * sizeNanometre) / (sizeNanometre ** 2 + softening) ** 2;
  return widthInNanometre(Math.hypot(homogeneousWidth, fullWidth * dispersion * sizeNanometre * slope), peak);
}

/**
 * Photoluminescence quantum yield: photons emitted per photon absorbed, in (0, 1). It is k_r / (k_r + k_nr0 (1 - θ) +
 * k_nr1 w), times the weight share of CsPbBr3; θ = K L / (1 + K L) with L the free amine and half the paired ligand.
 * Real quantum yields cannot be predicted from recipes (R² 0.03 on 159 spectra), so this law carries large noise in
 * the measurement.
 */
export function quantumYield(
  { freeOleylamineMolar, ionPairMolar }: { readonly freeOleylamineMolar: number; readonly ionPairMolar: number },
  waterFraction: number,
  perovskiteFraction: number,
): number {
  const { trapping, water, ligandBinding, pairShare } = quantumYieldLaw;
  const bound = ligandBinding * (freeOleylamineMolar + pairShare * ionPairMolar);
  return perovskiteFraction / (1 + trapping / (1 + bound) + water * waterFraction);
}
