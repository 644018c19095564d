/** Planck constant times speed of light, in eV·nm (CODATA 2018: exact in SI, rounded here). */
export const planckLightElectronvoltNanometre = 1239.841984;

/** J/mol/K and J/K (CODATA 2018, exact in SI). */
export const gasConstant = 8.31446261815324;
export const boltzmannConstant = 1.380649e-23;

/** Temperature at which constants are tabled, K. */
export const roomKelvin = 298.15;

/** °C to K. */
export function kelvin(celsius: number): number {
  return celsius + 273.15;
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
