/** What one mole of a substance in the recipe table brings. */
export interface Reagent {
  readonly name: string;
  readonly caesium?: number;
  readonly lead?: number;
  readonly bromide?: number;
  readonly iodide?: number;
  readonly role?: "polar solvent" | "water" | "antisolvent" | "other acid" | "other amine";
  /**
   * Pure liquid: g/mL and g/mol near 25 °C (CRC Handbook, suppliers' data
   * sheets). Solids and drops of solution add no volume.
   */
  readonly density?: number;
  readonly molarMass?: number;
}

/**
 * Abbreviations of the recipe table. The table's own millimoles come from these densities: 3.125 mmol of ODE are 1 mL.
 */
export const reagents: Readonly<Record<string, Reagent>> = {
  Cs2CO3: { name: "caesium carbonate", caesium: 2 },
  CsAc: { name: "caesium acetate", caesium: 1 },
  CsBr: { name: "caesium bromide", caesium: 1, bromide: 1 },
  PbBr2: { name: "lead bromide", lead: 1, bromide: 2 },
  PbI2: { name: "lead iodide", lead: 1, iodide: 2 },
  PbO: { name: "lead oxide", lead: 1 },
  PbAc2: { name: "lead acetate", lead: 1 },
  CeBr3: { name: "cerium bromide", bromide: 3 },
  HBr: { name: "hydrobromic acid", bromide: 1 },
  NH4Br: { name: "ammonium bromide", bromide: 1 },
  BB: { name: "benzoyl bromide", bromide: 1 },
  DDOABr: { name: "a quaternary alkylammonium bromide", bromide: 1 },
  "OLA-HBr": { name: "oleylammonium bromide", bromide: 1 },
  ODE: { name: "1-octadecene", density: 0.789, molarMass: 252.48 },
  OA: { name: "oleic acid", density: 0.89, molarMass: 282.46 },
  OLA: { name: "oleylamine", density: 0.813, molarMass: 267.49 },
  OCTA: { name: "octanoic acid", role: "other acid", density: 0.91, molarMass: 144.21 },
  HA: { name: "hexanoic acid", role: "other acid", density: 0.929, molarMass: 116.16 },
  OCT: { name: "octylamine", role: "other amine", density: 0.782, molarMass: 129.24 },
  DODA: { name: "dodecylamine", role: "other amine" },
  DMF: { name: "dimethylformamide", role: "polar solvent", density: 0.944, molarMass: 73.09 },
  H2O: { name: "water", role: "water", density: 0.997, molarMass: 18.015 },
  toluene: { name: "toluene", role: "antisolvent", density: 0.872, molarMass: 92.14 },
  hexane: { name: "hexane", role: "antisolvent", density: 0.659, molarMass: 86.18 },
  CHCl3: { name: "chloroform", role: "antisolvent", density: 1.5, molarMass: 119.38 },
  EAC: { name: "ethyl acetate", role: "antisolvent", density: 0.902, molarMass: 88.11 },
};

/** Volume in mL of an amount in mmol; 0 for what is not a pure liquid. */
export function millilitres({ density, molarMass }: Reagent, millimole: number): number {
  return density === undefined || molarMass === undefined ? 0 : (millimole * molarMass) / density / 1000;
}
