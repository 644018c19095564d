import { numbersOf, type Table } from "../../core/Table.js";
import type { Encoder } from "../../features/Encoder.js";
import { fitEncoder } from "../../features/fitEncoder.js";
import { recipeCategories, recipeFeatures } from "../../features/recipeFeatures.js";
import { missingRows } from "../../predictor/recipeColumns.js";

/** Of the features that some of these rows have; medians stand in for missing values, with a feature that says so. */
export function ownEncoder(table: Table, rows: Uint32Array): Encoder {
  const has = (name: string): boolean => Object.hasOwn(table.columns, name);
  const features = recipeFeatures.filter(({ needs, reads = [] }) => [...needs, ...reads].every(has));
  return fitEncoder(table, rows, {
    features: features
      .filter(({ needs }) => rows.some((row) => needs.every((name) => !Number.isNaN(numbersOf(table, name)[row]))))
      .map(({ name }) => name),
    categories: recipeCategories.filter((name) => has(name) && missingRows(table, name, rows) < rows.length),
    missing: "median",
    unseen: "ignore",
  });
}
