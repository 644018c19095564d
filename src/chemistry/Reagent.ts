/** What a reagent is for, as columns and charges need it. */
export const reagentRoles = [
  "caesium source",
  "lead source",
  "bromide source",
  "acid",
  "amine",
  "polar solvent",
  "water",
  "antisolvent",
  "solvent",
  "other",
] as const;

/** What a reagent is for: the first of its roles, in the order of `reagentRoles`. */
export type ReagentRole = (typeof reagentRoles)[number];

/** Ions that one formula unit brings, mol/mol. */
export interface ReagentIons {
  readonly caesium?: number;
  readonly lead?: number;
  /**
   * With the bromide that is not an ion at once: N-bromosuccinimide, bromotrimethylsilane, benzoyl bromide, alkyl
   * bromides and metal bromides count as what they bring when they have reacted.
   */
  readonly bromide?: number;
  readonly iodide?: number;
  readonly chloride?: number;
}

/**
 * Acid and amine that one formula unit brings, mol/mol: an oleate brings oleic acid. Acetate, formate, carbonate and
 * hydroxide bring none, since acetic and formic acid, carbon dioxide and water leave when precursors are dried; an
 * ammonium bromide brings none, since its amine is bound as the salt.
 */
export interface ReagentLigands {
  readonly oleicAcid?: number;
  readonly otherAcid?: number;
  readonly oleylamine?: number;
  readonly otherAmine?: number;
}

/** How polar a liquid is, near 25 °C. */
export interface ReagentPolarity {
  /** By the colour of a dye, from 0 (tetramethylsilane) to 1 (water): E_T^N, doi:10.1002/9783527632220. */
  readonly relative: number;
  /** Static relative permittivity. */
  readonly dielectric: number;
  /** Hansen's parameter of hydrogen bonding in MPa^½. */
  readonly hydrogenBonding: number;
}

/** A substance on the shelf of a chemist: what it weighs, what room it takes, and what it brings into a mixture. */
export interface Reagent {
  readonly name: string;
  /** Other names and abbreviations; English and American spelling of caesium need not both stand here. */
  readonly aliases: readonly string[];
  /** Elements and counts, with brackets and water of crystals ("Pb(CH3COO)2·3H2O"); null where it is not one. */
  readonly formula: string | null;
  /** g/mol of the formula; null where the formula is not known. */
  readonly molarMass: number | null;
  /** g/mL near 25 °C of the liquid as it is sold; null for solids, which add no volume. */
  readonly density: number | null;
  /** Usual share of the substance in the commercial product, by mass; null where it is pure (from 98 % on). */
  readonly purity: number | null;
  readonly ions: ReagentIons;
  readonly ligands?: ReagentLigands;
  readonly role: ReagentRole;
  /** Reagent in which it is sold dissolved, and which comes along however it is measured out: water of an acid. */
  readonly dilutedWith?: string;
  /** Reagent that the rest of a technical grade counts as, where mass or volume were measured. */
  readonly impurity?: string;
  /** Aliases that mean something else in other hands, each with what. */
  readonly ambiguous?: Readonly<Record<string, string>>;
  /** Of solvents for which it was measured. */
  readonly polarity?: ReagentPolarity;
  /** Where density and purity come from. */
  readonly source?: string;
}
