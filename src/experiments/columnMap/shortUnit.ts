/** A unit as chemists say it: mM for mmol/L. */
export function shortUnit(unit: string): string {
  return { "mol/L": "M", "mmol/L": "mM", "µmol/L": "µM" }[unit] ?? unit;
}
