import type { Matrix } from "../core/Matrix.js";
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

/** The matrix of the given columns, in the given order. */
export function selectColumns({ rows, columns, names, values }: Matrix, places: readonly number[]): Matrix {
  const width = places.length;
  const picked = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) picked[row * width + i] = values[row * columns + places[i]];
  return { rows, columns: width, names: places.map((place) => names[place]), values: picked };
}
