/** What was measured out of a compound, in the unit of Open Reaction Database. */
export type SynthesisAmount =
  | { readonly moles: { readonly value: number; readonly units: "MILLIMOLE" } }
  | { readonly mass: { readonly value: number; readonly units: "GRAM" } }
  | { readonly volume: { readonly value: number; readonly units: "MILLILITER" } }
  | { readonly unmeasured: { readonly type: "CUSTOM"; readonly details: string } };

/** A compound of one input. */
export interface SynthesisInput {
  readonly input: string;
  readonly name: string;
  readonly amount: SynthesisAmount;
  readonly role: "REACTANT" | "REAGENT" | "SOLVENT";
}

/** How a table of syntheses is told as reactions. */
export interface SynthesisForm {
  /** Columns that become inputs and conditions. */
  readonly reads: readonly string[];
  /** Columns that become measurements of the product. */
  readonly measures: readonly string[];
  /** What of the inputs is not told as the table has it. */
  readonly simplified: readonly string[];
  /** Compounds of a row; none where their amounts are missing or zero. */
  readonly inputs: (row: number) => readonly SynthesisInput[];
  readonly celsius: (row: number) => number;
  readonly second: (row: number) => number;
  /** Name of the product; null where it is not told. */
  readonly product: (row: number) => string | null;
}
