import { atomicWeights } from "./constants.js";
/** A solid of the Cs-Pb-Br system. */
export interface Compound {
  /** Ions per formula unit. */
  readonly caesium: number;
  readonly lead: number;
  readonly bromide: number;
  /** g/mol, from the standard atomic weights. */
  readonly molarMass: number;
  /** nm³ per formula unit at room temperature, where a cell was measured. */
  readonly formulaVolume: number;
  readonly source: string;
}

/** The three ternary compounds, by name. */
export const compounds: Readonly<Record<"CsPbBr3" | "Cs4PbBr6" | "CsPb2Br5", Compound>> = {
  CsPbBr3: compound(1, 1, 3, 0.199, "Pbnm cell, Z = 4, V about 0.797 nm³: Stoumpos et al. 2013, doi:10.1021/cg400645t"),
  Cs4PbBr6: compound(
    4,
    1,
    6,
    0.471,
    "R-3c cell, Z = 6, a 1.373 nm, c 1.732 nm (measured cell as commonly quoted; " +
      "calculated cells are about 2 % larger)",
  ),
  CsPb2Br5: compound(
    1,
    2,
    5,
    0.274,
    "I4/mcm cell, Z = 4, a 0.848 nm, c 1.525 nm: Cola and Riccardi 1971; Dursun et al. 2018",
  ),
};

/**
 * The five outcome classes; a class's code is its place. "coexistence" is more than one
 * compound above the detection threshold, "no target product" none of the three in
 * useful yield. The reviewed project used the same codes.
 */
export const phaseNames = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "coexistence", "no target product"] as const;

/** Names of the classes as parts of column names, by code. */
export const phaseWords: readonly string[] = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "Coexistence", "Nothing"];

/** Name of one of the five outcome classes. */
export type PhaseName = (typeof phaseNames)[number];

/** Code 0..4 of a class. @throws RangeError if there is no such class */
export function phaseCode(name: string): number {
  const code = (phaseNames as readonly string[]).indexOf(name);
  if (code < 0) throw new RangeError(`phaseCode: the phase must be one of ${phaseNames.join(", ")}; got "${name}"`);
  return code;
}

function compound(caesium: number, lead: number, bromide: number, formulaVolume: number, source: string): Compound {
  const molarMass = caesium * atomicWeights.caesium + lead * atomicWeights.lead + bromide * atomicWeights.bromine;
  return { caesium, lead, bromide, molarMass, formulaVolume, source };
}
