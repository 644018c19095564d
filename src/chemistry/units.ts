import { planckLightElectronvoltNanometre, zeroCelsiusKelvin } from "./constants.js";
/** °C to K. */
export function kelvin(celsius: number): number {
  return celsius + zeroCelsiusKelvin;
}

/** Concentration in mol/L of an amount in mmol in a volume in mL. @throws RangeError unless the volume is above 0 */
export function molar(millimole: number, millilitre: number): number {
  if (!(millilitre > 0))
    throw new RangeError(`molar: the volume must be above 0 mL; got ${millilitre}; add the liquids first`);
  return millimole / millilitre;
}

/** Energy in eV of light of a wavelength in nm; the inverse is the same function. */
export function photonEnergy(nanometre: number): number {
  return planckLightElectronvoltNanometre / nanometre;
}

/**
 * Full width in nm of a narrow line of `electronvolt` width at a peak in nm:
 * |dλ/dE| = λ²/hc to first order.
 */
export function widthInNanometre(electronvolt: number, peakNanometre: number): number {
  return (electronvolt * peakNanometre ** 2) / planckLightElectronvoltNanometre;
}
