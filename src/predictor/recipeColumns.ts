import { designFields, recipeFields } from "../chemistry/recipeSchema.js";
import type { Schema } from "../core/Schema.js";
import { isCategory, type Table } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { recipeFeatures } from "../features/recipeFeatures.js";

/** Columns of a recipe that a model of the phase may look at, as users write them. */
export const recipeColumns: Schema = { ...recipeFields, ...designFields };

/** Number and category columns that an encoder reads. */
export function columnsOfEncoder({ columns }: Encoder): readonly string[] {
  return [
    ...new Set(
      columns.flatMap((column) =>
        column.kind === "category" ? [column.column] : column.kind === "number" ? columnsOfSource(column.source) : [],
      ),
    ),
  ];
}

/** Columns whose missing values the encoder has met, so that it can say what a missing one stands for. */
export function columnsMissedBy({ columns }: Encoder): ReadonlySet<string> {
  const missed = new Set(columns.flatMap((column) => (column.kind === "missing" ? [column.of] : [])));
  const numbers = columns.flatMap((column) => (column.kind === "number" ? [column] : []));
  const needed = numbers.filter(({ name }) => !missed.has(name)).flatMap(({ source }) => columnsOfSource(source));
  return new Set(numbers.flatMap(({ source }) => columnsOfSource(source)).filter((column) => !needed.includes(column)));
}

/** Columns that a feature, or a column as it is, follows from. */
export function columnsOfSource(source: { readonly feature: string } | { readonly column: string }): readonly string[] {
  if ("column" in source) return [source.column];
  const feature = recipeFeatures.find(({ name }) => name === source.feature);
  return feature === undefined ? [] : [...feature.needs, ...(feature.reads ?? [])];
}

/** Rows of a column that hold nothing. */
export function missingRows(table: Table, name: string, rows: Uint32Array): number {
  const column = table.columns[name];
  const isMissing = isCategory(column)
    ? (row: number): boolean => column.levels[column.codes[row]] === ""
    : (row: number): boolean => Number.isNaN(column[row]);
  return rows.filter(isMissing).length;
}
