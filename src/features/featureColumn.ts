import { InputError } from "../core/InputError.js";
import { codesOf, numbersOf, type Table } from "../core/Table.js";
import { recipeFeatures, type RecipeFeature, type RecipeRow } from "./recipeFeatures.js";

/** A feature before standardisation, one number per row asked for; NaN where it is missing. */
export interface FeatureColumn {
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array;
}

/**
 * @param source        a recipe feature by name, or a number column as it is
 * @param allowMissing  whether a missing number gives NaN; otherwise it is refused
 * @throws RangeError if feature or column is unknown
 * @throws InputError if a value is missing or not finite
 */
export function featureColumn(
  table: Table,
  rows: Uint32Array,
  source: { readonly feature: string } | { readonly column: string },
  { allowMissing }: { readonly allowMissing: boolean },
): FeatureColumn {
  const feature = "feature" in source ? knownFeature(source.feature) : asItIs(table, source.column);
  const numbers = new Map(feature.needs.map((name) => [name, numbersOf(table, name)]));
  const texts = new Map((feature.reads ?? []).map((name) => [name, readTexts(table, name)]));
  let row = 0;
  const reader: RecipeRow = { number: (name) => numbers.get(name)![row], text: (name) => texts.get(name)!(row) };
  const needed = feature.needs.map((name) => numbersOf(table, name));
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    row = rows[i];
    if (row >= table.numRows) throw new RangeError(`encode: rows must be below ${table.numRows}; got ${row}`);
    let absent = 0;
    while (absent < needed.length && !Number.isNaN(needed[absent][row])) absent++;
    const isWhole = absent === needed.length;
    values[i] = isWhole ? feature.value(reader) : NaN;
    if (isWhole ? !Number.isFinite(values[i]) : !allowMissing)
      throw refusal(
        feature,
        row,
        feature.needs[isWhole ? 0 : absent],
        isWhole ? `${needed[0][row]}, which makes ${feature.name} ${values[i]}` : "nothing",
      );
  }
  return { name: feature.name, unit: feature.unit, values };
}

function knownFeature(name: string): RecipeFeature {
  const feature = recipeFeatures.find((one) => one.name === name);
  if (feature === undefined)
    throw new RangeError(
      `encode: no recipe feature "${name}"; there are ${recipeFeatures.map((one) => one.name).join(", ")}`,
    );
  return feature;
}

function asItIs(table: Table, column: string): RecipeFeature {
  numbersOf(table, column);
  return {
    name: column,
    unit: table.schema[column].unit,
    meaning: table.schema[column].meaning,
    needs: [column],
    value: (row) => row.number(column),
  };
}

function readTexts(table: Table, name: string): (row: number) => string {
  const { codes, levels } = codesOf(table, name);
  return (row) => levels[codes[row]];
}

function refusal(feature: RecipeFeature, row: number, column: string, got: string): InputError {
  return new InputError({
    where: `row ${row}, column ${column}`,
    must: `must be a number that ${feature.name} can be computed from`,
    got,
    mend: 'complete or drop the row, leave the feature out, or fit with missing: "median"',
  });
}
