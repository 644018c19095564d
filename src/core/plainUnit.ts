import { tidyText } from "./tidyText.js";

/** Units as this project prints them, with the ways that people write them. Case matters: M is molar, m is metre. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  "°C": ["C", "degC", "deg C", "oC", "℃", "Celsius", "celsius"],
  K: ["kelvin", "Kelvin"],
  "°F": ["degF", "deg F", "Fahrenheit"],
  ns: [],
  µs: ["us"],
  ms: [],
  s: ["sec", "secs", "second", "seconds"],
  min: ["mins", "minute", "minutes"],
  h: ["hr", "hrs", "hour", "hours"],
  d: ["day", "days"],
  nm: ["nanometre", "nanometer", "nanometres", "nanometers"],
  Å: ["angstrom", "Angstrom"],
  µm: ["um", "micron", "microns"],
  mm: [],
  cm: [],
  m: [],
  "mol/L": ["M", "mol/l", "mol L-1", "mol dm-3", "mol/dm3", "molar"],
  "mmol/L": ["mM", "mmol/l", "mmol L-1", "millimolar"],
  "µmol/L": ["µM", "uM", "umol/L", "µmol/l", "µmol L-1", "micromolar"],
  mol: [],
  mmol: [],
  µmol: ["umol"],
  "g/mol": ["g mol-1"],
  "g/L": ["g/l", "g L-1"],
  "mg/mL": ["mg/ml", "mg mL-1", "mg ml-1"],
  "g/mL": ["g/ml", "g mL-1", "g/cm3", "g cm-3"],
  L: ["l", "litre", "liter"],
  mL: ["ml", "cc", "cm3", "millilitre", "milliliter"],
  µL: ["ul", "uL", "µl", "microlitre", "microliter"],
  kg: [],
  g: ["gram", "grams"],
  mg: [],
  µg: ["ug"],
  "%": ["percent", "pct", "wt%", "wt.%", "vol%", "vol.%", "v/v%", "mol%", "at%"],
  eV: ["ev"],
  meV: [],
  "1/cm": ["cm-1", "cm^-1"],
  rpm: ["r/min"],
  V: [],
  A: [],
  W: [],
  Hz: [],
  Pa: [],
  kPa: [],
  bar: [],
  mbar: [],
  atm: [],
  "K/min": ["K min-1"],
  "°C/min": ["C/min", "°C min-1"],
  "mL/min": ["ml/min", "mL min-1"],
  "µL/min": ["uL/min", "µl/min"],
  "mL/h": ["ml/h"],
  "1": ["-", "–", "—", "a.u.", "a. u.", "arb. units", "arb. u.", "arb.u.", "au", "fraction", "ratio", "dimensionless"],
};

const plainOf: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([unit, others]) => [unit, ...others].map((one): [string, string] => [one, unit])),
);

/** Unicode's other ways to write the same signs. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/\u03bc/g, "µ"],
  [/[\u00ba\u02da] ?(?=[CF]\b)/g, "°"],
  [/° (?=[CF]\b)/g, "°"],
  [/\u212b|A\u030a/g, "Å"],
  [/\u212a/g, "K"],
  [/[\u00b7\u22c5*]/g, " "],
  [/\u207b\u00b9|\u22121|\^-1/g, "-1"],
  [/\u00b3/g, "3"],
];

/**
 * A unit as this project prints it, of a text that is one and nothing else, in brackets or not: "[mM]" is mmol/L,
 * "deg C" is °C, "a.u." is 1. Undefined for any other text.
 */
export function plainUnit(text: string): string | undefined {
  const tidy = tidyText(text);
  const bare = /^[[({](.*)[\])}]$/.exec(tidy)?.[1].trim() ?? tidy;
  return plainOf.get(signs.reduce((unit, [from, to]) => unit.replace(from, to), bare));
}
