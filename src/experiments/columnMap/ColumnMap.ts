import { designFields, recipeSchema } from "../../chemistry/recipeSchema.js";
import type { Schema } from "../../core/Schema.js";

/** Columns that a table can be mapped to. */
export const mappedSchema: Schema = { ...recipeSchema, ...designFields };

/** Columns of them that a map fills in, and nobody types; they tell rows apart that are equal. */
export const filledIn: ReadonlySet<string> = new Set(["source", "sourceRow", "licence", "sourceSha256"]);

/** Ions that a table may tell whatever brings them. */
export const ions = ["caesium", "lead", "bromide"] as const;

/** One of `ions`. */
export type Ion = (typeof ions)[number];

/** Liquids of which only the volume may be known, by their role. */
export const bareLiquids = ["antisolvent", "polar solvent", "solvent"] as const;

/** Whether a name is one of `bareLiquids`. */
export function isBareLiquid(name: string): name is (typeof bareLiquids)[number] {
  return bareLiquids.some((one) => one === name);
}

/**
 * What a number says of a reagent, as column maps write it. An "amount" is what went in (mol, g, or L of the liquid as
 * it is sold); "stock volume" and "stock concentration" are those of a solution of it, and belong together; a
 * "concentration" is in all liquid together; "per lead" and "per caesium" are mol/mol.
 */
export const reagentMeasures = [
  "amount",
  "stock volume",
  "stock concentration",
  "concentration",
  "per lead",
  "per caesium",
] as const;

/** One of `reagentMeasures`. */
export type ReagentMeasure = (typeof reagentMeasures)[number];

interface OwnColumn {
  /** Column of ours, by its name in the recipe schema. */
  readonly column: string;
  /** Unit of the numbers (default that of the column). */
  readonly unit?: string;
  /** Multiplies the numbers. */
  readonly factor?: number;
}

interface ReagentColumn {
  /**
   * Name, alias or formula of a reagent; or an ion (caesium, lead, bromide)
   * or a liquid of which the volume is all that is known (antisolvent, polar solvent, solvent).
   */
  readonly reagent: string;
  readonly as: ReagentMeasure;
  readonly unit: string;
  /** Of a concentration: the liquid of the table in which it is dissolved (default all liquid together). */
  readonly in?: string;
  readonly factor?: number;
}

interface OfHeader {
  /** As it stands in the table. */
  readonly header: string;
  /** What is not certain: to be looked at and deleted. */
  readonly unsure?: string;
}

/** What the texts of a header stand for: a text in the table, and the one that it means; "" is missing. */
type Texts = Readonly<Record<string, string>>;

/**
 * What one header of a table means: a column of ours, a measure of a reagent, or nothing that is read. What is
 * "undecided" is not read either, and says why; a column of amounts must not stay so, as the volume and the ligands of
 * the recipe may hang on it.
 */
export type ColumnUse =
  | (OfHeader & OwnColumn & { readonly values?: Texts })
  | (OfHeader & ReagentColumn & { readonly empty?: "none" })
  | (OfHeader & { readonly ignored: true; readonly why?: string })
  | { readonly header: string; readonly undecided: string };

/** What holds for every row, and no header says. */
export type ColumnConstant =
  | (OwnColumn & { readonly value: number | string })
  | (ReagentColumn & { readonly value: number })
  | { readonly reagent: string; readonly as: "stock solvent"; readonly value: string };

/** How a table that somebody else wrote becomes one of recipes: FILE.columns.json. */
export interface ColumnMap {
  readonly format: typeof columnMapFormat;
  /** One for each header, in the order of the table. */
  readonly columns: readonly ColumnUse[];
  readonly constants: readonly ColumnConstant[];
}

/** First line of every file of a column map. */
export const columnMapFormat = "twin-columns-1";
