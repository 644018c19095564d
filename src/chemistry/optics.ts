import { photonEnergy, widthInNanometre } from "./units.js";

/** Band gap of the bulk and confinement of a cube, fitted to published peaks: 509.7 to 510.9 nm at 8.2 to 8.5 nm. ±15 meV, below 4 nm ±60 meV. */
export const emissionLaw = { bulkElectronvolt: 2.34, confinement: 6.9, softening: 7.2 } as const;
/** Homogeneous width at room temperature, eV. */
export const homogeneousWidth = 0.072;
/** Full width at half maximum of a normal distribution over its standard deviation. */
export const fullWidth: number = 2 * Math.sqrt(2 * Math.LN2);

/**
 * Energy of the emission peak in eV: 2.34 + 6.9 / (D² + 7.2), D the edge length in nm; bulk crystals (NaN) emit at 2.34 eV.
 * The effective-mass limit has 6.3 to 9.0 eV nm² for the published reduced masses of 0.18 and 0.126.
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

/** Rates relative to the radiative one: by surface traps without ligand, and per unit of water fraction; ligand binding in L/mol. All assumed. */
export const quantumYieldLaw = { trapping: 3, water: 20, ligandBinding: 20 } as const;

/**
 * Emitted per absorbed photon, in (0, 1): k_r / (k_r + k_nr0 (1 - θ) + k_nr1 w), times the weight share of CsPbBr3;
 * θ = K L / (1 + K L) with L the free amine and half the paired ligand. Real quantum yields cannot be
 * predicted from recipes (R² 0.03 on 159 spectra), so this law carries large noise in the measurement.
 */
export function quantumYield(
  { freeOleylamineMolar, ionPairMolar }: { readonly freeOleylamineMolar: number; readonly ionPairMolar: number },
  waterFraction: number,
  perovskiteFraction: number,
): number {
  const { trapping, water, ligandBinding } = quantumYieldLaw;
  const bound = ligandBinding * (freeOleylamineMolar + ionPairMolar / 2);
  return perovskiteFraction / (1 + trapping / (1 + bound) + water * waterFraction);
}

/** Weight share of CsPbBr3 from which its green shows; without it a product is dark. The other two compounds emit nothing visible. */
export const visiblePerovskite = 0.15;
