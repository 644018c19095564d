import type { Encoder } from "../features/Encoder.js";
import { columnsOfSource } from "./recipeColumns.js";

/**
 * Places of the features that follow from what a recipe tells: without those that say that something is missing, and
 * without those that only stand in for it.
 */
export function knownFeatures({ columns }: Encoder, missing: readonly string[]): readonly number[] {
  return columns.flatMap((column, place) => {
    if (column.kind === "missing") return [];
    const needed = column.kind === "category" ? [column.column] : columnsOfSource(column.source);
    return needed.some((name) => missing.includes(name)) ? [] : [place];
  });
}
