import { planckLightElectronvoltNanometre, zeroCelsiusKelvin } from "./constants.js";

/** What a unit measures. */
export type UnitQuantity =
  | "temperature"
  | "time"
  | "length"
  | "energy"
  | "amount"
  | "mass"
  | "volume"
  | "concentration"
  | "mass concentration"
  | "share";

interface UnitScale {
  readonly quantity: UnitQuantity;
  /** Of the quantity's first unit. */
  readonly factor: number;
  /** Where its zero lies, in the quantity's first unit. */
  readonly zero?: number;
}

/** Units as `plainUnit` prints them; the first of each quantity has the factor 1. */
const scales: Readonly<Record<string, UnitScale>> = {
  "°C": { quantity: "temperature", factor: 1 },
  K: { quantity: "temperature", factor: 1, zero: -zeroCelsiusKelvin },
  "°F": { quantity: "temperature", factor: 1 / 1.8, zero: -32 / 1.8 },
  s: { quantity: "time", factor: 1 },
  ns: { quantity: "time", factor: 1e-9 },
  µs: { quantity: "time", factor: 1e-6 },
  ms: { quantity: "time", factor: 1e-3 },
  min: { quantity: "time", factor: 60 },
  h: { quantity: "time", factor: 3600 },
  d: { quantity: "time", factor: 86_400 },
  nm: { quantity: "length", factor: 1 },
  Å: { quantity: "length", factor: 0.1 },
  µm: { quantity: "length", factor: 1000 },
  mm: { quantity: "length", factor: 1e6 },
  cm: { quantity: "length", factor: 1e7 },
  m: { quantity: "length", factor: 1e9 },
  eV: { quantity: "energy", factor: 1 },
  meV: { quantity: "energy", factor: 1e-3 },
  mmol: { quantity: "amount", factor: 1 },
  mol: { quantity: "amount", factor: 1000 },
  µmol: { quantity: "amount", factor: 1e-3 },
  mg: { quantity: "mass", factor: 1 },
  g: { quantity: "mass", factor: 1000 },
  kg: { quantity: "mass", factor: 1e6 },
  µg: { quantity: "mass", factor: 1e-3 },
  mL: { quantity: "volume", factor: 1 },
  L: { quantity: "volume", factor: 1000 },
  µL: { quantity: "volume", factor: 1e-3 },
  "mol/L": { quantity: "concentration", factor: 1 },
  "mmol/L": { quantity: "concentration", factor: 1e-3 },
  "µmol/L": { quantity: "concentration", factor: 1e-6 },
  "g/L": { quantity: "mass concentration", factor: 1 },
  "mg/mL": { quantity: "mass concentration", factor: 1 },
  "g/mL": { quantity: "mass concentration", factor: 1000 },
  "1": { quantity: "share", factor: 1 },
  "%": { quantity: "share", factor: 0.01 },
};

/** What a unit measures; undefined where no column of a recipe can have it ("rpm"). */
export function quantityOf(unit: string): UnitQuantity | undefined {
  return Object.hasOwn(scales, unit) ? scales[unit].quantity : undefined;
}

/** Units of a quantity, as this project prints them. */
export function unitsOf(quantity: UnitQuantity): readonly string[] {
  return Object.keys(scales).filter((unit) => scales[unit].quantity === quantity);
}

/**
 * A value in another unit of its quantity; between energy and length it is that of light, either way.
 *
 * @throws RangeError if a unit is not known, or the two do not measure the same
 */
export function convertUnit(value: number, from: string, to: string): number {
  const [source, target] = [from, to].map((unit) => (Object.hasOwn(scales, unit) ? scales[unit] : undefined));
  const isLight = [source?.quantity, target?.quantity].sort().join() === "energy,length";
  if (source === undefined || target === undefined || (source.quantity !== target.quantity && !isLight))
    throw new RangeError(`convertUnit: units must measure the same; got "${from}" and "${to}"; name one of its kind`);
  if (from === to) return value;
  const plain = value * source.factor + (source.zero ?? 0);
  return ((isLight ? photonEnergy(plain) : plain) - (target.zero ?? 0)) / target.factor;
}

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
