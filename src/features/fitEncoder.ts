import { codesOf, type Table } from "../core/Table.js";
import type { EncodedColumn, Encoder } from "./Encoder.js";
import { featureColumn } from "./featureColumn.js";
import { recipeCategories, recipeFeatures } from "./recipeFeatures.js";

/** Which columns become features, and what missing and unseen values do. */
export interface EncoderOptions {
  /** Names of recipe features (default all of `recipeFeatures`). */
  readonly features?: readonly string[];
  /** Number columns to take as they are, besides (default none). */
  readonly columns?: readonly string[];
  /** Category columns, one column per level seen in training rows (default `recipeCategories`). */
  readonly categories?: readonly string[];
  /**
   * Latent columns that may be used, each by name: what no measurement gives. For studies of the twin itself (default
   * none).
   */
  readonly latent?: readonly string[];
  /** What a category that no training row has does: refuse the row (default), or leave all its columns 0. */
  readonly unseen?: Encoder["unseen"];
  /**
   * What a missing number does: refuse the row (default), or be replaced by the training median, with a further column
   * that says so.
   */
  readonly missing?: "refuse" | "median";
}

/**
 * Learns from training rows how recipes become features: means and standard deviations of numbers, levels of
 * categories, medians for what is missing. Fit on training rows only; encode all others with the result.
 *
 * @param table  recipes
 * @param rows   training rows
 * @throws RangeError if there are no rows, a name is unknown, or a latent column is asked for that `latent` does not
 *   name
 * @throws InputError if a number is missing or not finite (row and column named)
 *
 * @example
 * ```ts
 * import { fitEncoder, generateExperiments, seededRandom, stratifiedSplit, textsOf } from "cspbbr3-twin";
 *
 * const { table } = await generateExperiments({ rows: 500, seed: 1 });
 * const { train } = stratifiedSplit(textsOf(table, "phase"), seededRandom(1));
 * const encoder = fitEncoder(table, train, { features: ["lnCaesiumLead"], categories: ["route"] });
 * console.log(encoder.columns.length, encoder.columns[0].name);
 * // 5 lnCaesiumLead
 * ```
 */
export function fitEncoder(
  table: Table,
  rows: Uint32Array,
  {
    features = recipeFeatures.map(({ name }) => name),
    columns = [],
    categories = recipeCategories,
    latent = [],
    unseen = "refuse",
    missing = "refuse",
  }: EncoderOptions = {},
): Encoder {
  if (rows.length === 0) throw new RangeError("fitEncoder: at least one training row is needed; got none");
  if (features.length + columns.length + categories.length === 0)
    throw new RangeError("fitEncoder: at least one feature, column or category is needed; got none");
  for (const name of [...columns, ...categories]) {
    if (table.schema[name]?.latent === true && !latent.includes(name)) {
      throw new RangeError(
        `fitEncoder: column ${name} is known to the simulator alone, so no feature may hold it; ` +
          "leave it out, or name it in latent to study the twin itself",
      );
    }
  }
  const sources = [...features.map((feature) => ({ feature })), ...columns.map((column) => ({ column }))];
  const numbers = sources.flatMap((source) => fitNumber(table, rows, source, missing));
  return {
    version: 1,
    columns: [...numbers, ...categories.flatMap((name) => fitCategory(table, rows, name))],
    unseen,
    trainingRows: rows.length,
  };
}

function fitNumber(
  table: Table,
  rows: Uint32Array,
  source: { readonly feature: string } | { readonly column: string },
  missing: "refuse" | "median",
): EncodedColumn[] {
  const { name, unit, values } = featureColumn(table, rows, source, { allowMissing: missing === "median" });
  const present = values.filter((value) => !Number.isNaN(value));
  const fill = missing === "median" ? median(present, name) : null;
  const filled = fill === null ? values : values.map((value) => (Number.isNaN(value) ? fill : value));
  const mean = filled.reduce((a, b) => a + b, 0) / filled.length;
  const spread = Math.sqrt(filled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / filled.length);
  // A constant column in float32 has a spread of rounding errors only.
  const scale = spread > 1e-7 * Math.abs(mean) ? spread : 1;
  const column: EncodedColumn = { kind: "number", name, unit, source, mean, scale, fill };
  return present.length === values.length
    ? [column]
    : [column, { kind: "missing", name: `${name} is missing`, unit: "1", of: name }];
}

function median(present: Float64Array, name: string): number {
  if (present.length === 0)
    throw new RangeError(
      `fitEncoder: ${name} must be known in at least one training row; it is missing in all; leave it out`,
    );
  const sorted = present.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One column per level, in the order of the alphabet, so that it does not depend on that of rows. */
function fitCategory(table: Table, rows: Uint32Array, name: string): EncodedColumn[] {
  const { codes, levels } = codesOf(table, name);
  const seen = new Set<string>();
  for (const row of rows) seen.add(levels[codes[row]]);
  return [...seen].sort().map((level) => ({
    kind: "category",
    name: `${name} = ${level === "" ? "none" : level}`,
    unit: "1",
    column: name,
    level,
  }));
}
