/**
 * What one column means. Checks, documentation, axis labels and the data-quality
 * report all derive from it: a unit or a range is written here and nowhere else.
 */
export interface Field {
  readonly kind: "number" | "category";
  /** The field's own unit as it is printed ("°C", "mol/L", "nm"); "1" where dimensionless; "" for categories. */
  readonly unit: string;
  readonly meaning: string;
  /** Smallest and largest value that is physically or experimentally sensible, both included. */
  readonly min?: number;
  readonly max?: number;
  /** The only values a category may take; left out where any text is allowed. */
  readonly levels?: readonly string[];
  /** A required column must be present and have no missing value. */
  readonly required?: boolean;
  /** Known to the simulator alone: no measurement gives it, so no feature may hold it unless asked for by name. */
  readonly latent?: boolean;
  /** Paper, table or reasoning behind the range. */
  readonly source?: string;
}

/** Columns by name, in the order they are written to files. */
export type Schema = Readonly<Record<string, Field>>;
