import { recipeFields } from "../chemistry/recipeSchema.js";
import type { Matrix } from "../core/Matrix.js";
import { categoryColumn, type Column, makeTable, type Table } from "../core/Table.js";
import type { Encoder } from "./Encoder.js";
import { recipeFeatures } from "./recipeFeatures.js";

/**
 * The recipes that rows of a matrix stand for: columns that follow from features one by one, ratios to lead, and the
 * likeliest category. Features that follow from others (ligand balance, supersaturation) are not read: encode the
 * result again to see whether they agree. What `encode` made comes back but for the rounding of float32.
 *
 * @throws RangeError if the matrix has not the encoder's columns, or there is no lnLead while a ratio to lead is there
 */
export function decodeRecipes(encoder: Encoder, { values, rows, names }: Matrix): Table {
  const width = encoder.columns.length;
  if (names.join() !== encoder.columns.map(({ name }) => name).join())
    throw new RangeError(
      "decodeRecipes: the matrix must have the encoder's columns " +
        `[${encoder.columns.map(({ name }) => name).join(", ")}]; ` +
        `got [${names.join(", ")}]`,
    );
  const raw = (place: number, row: number): number => {
    const column = encoder.columns[place];
    return column.kind === "number"
      ? values[row * width + place] * column.scale + column.mean
      : values[row * width + place];
  };
  const leadPlace = encoder.columns.findIndex(({ name }) => name === "lnLead");
  if (leadPlace < 0)
    throw new RangeError(
      "decodeRecipes: the encoder must have the feature lnLead, since the other amounts are ratios to it",
    );
  const lead = Float64Array.from({ length: rows }, (_, row) => Math.exp(raw(leadPlace, row)));
  const columns: Record<string, Column> = {};
  encoder.columns.forEach((column, place) => {
    const feature = recipeFeatures.find(({ name }) => name === column.name);
    if (column.kind === "number" && feature?.column !== undefined)
      columns[feature.column] = Float64Array.from({ length: rows }, (_, row) =>
        feature.inverse!(raw(place, row), lead[row]),
      );
  });
  const categories = [
    ...new Set(encoder.columns.flatMap((column) => (column.kind === "category" ? [column.column] : []))),
  ];
  for (const name of categories) {
    const places = encoder.columns.flatMap((column, place) =>
      column.kind === "category" && column.column === name ? [{ place, level: column.level }] : [],
    );
    columns[name] = categoryColumn(
      Array.from(
        { length: rows },
        (_, row) => places.reduce((best, one) => (raw(one.place, row) > raw(best.place, row) ? one : best)).level,
      ),
    );
  }
  const fieldOf = (name: string): Table["schema"][string] =>
    recipeFields[name] ?? { kind: "category", unit: "", meaning: name };
  return makeTable(Object.fromEntries(Object.keys(columns).map((name) => [name, fieldOf(name)])), columns);
}
