import { InputError } from "../core/InputError.js";
import { makeMatrix, type Matrix } from "../core/Matrix.js";
import { codesOf, type Table } from "../core/Table.js";
import type { Encoder } from "./Encoder.js";
import { featureColumn } from "./featureColumn.js";
import { unseenLevel } from "./unseenLevel.js";

/**
 * Features of rows, as the encoder learned them: numbers less their training mean over their training standard
 * deviation, categories as 0 or 1.
 *
 * @param rows  which rows, in which order (default all)
 * @returns shape [rows, encoder.columns], named after the encoder's columns
 * @throws InputError if a category was not seen in training and unseen is "refuse", or a number is missing that was
 *   never missing in training
 *
 * @example
 * ```ts
 * import { encode, fitEncoder, generateExperiments, seededRandom, stratifiedSplit, textsOf } from "cspbbr3-twin";
 *
 * const { table } = await generateExperiments({ rows: 500, seed: 1 });
 * const { train, test } = stratifiedSplit(textsOf(table, "phase"), seededRandom(1));
 * const encoder = fitEncoder(table, train, { features: ["lnCaesiumLead"], categories: [] });
 * const features = encode(encoder, table, test);
 * console.log(features.rows, features.names, features.values[0].toFixed(3));
 * // 100 [ 'lnCaesiumLead' ] -1.559
 * ```
 */
export function encode(
  encoder: Encoder,
  table: Table,
  rows: Uint32Array = Uint32Array.from({ length: table.numRows }, (_, row) => row),
): Matrix {
  const width = encoder.columns.length;
  const values = new Float32Array(rows.length * width);
  checkCategories(encoder, table, rows);
  const numbers = new Map<string, Float64Array>();
  encoder.columns.forEach((column, place) => {
    if (column.kind === "number") {
      const { mean, scale, fill } = column;
      const { values: raw } = featureColumn(table, rows, column.source, { allowMissing: fill !== null });
      numbers.set(column.name, raw);
      for (let i = 0, at = place; i < raw.length; i++, at += width)
        values[at] = ((Number.isNaN(raw[i]) ? fill! : raw[i]) - mean) / scale;
    } else if (column.kind === "missing") {
      const raw = numbers.get(column.of)!;
      for (let i = 0, at = place; i < raw.length; i++, at += width) values[at] = Number.isNaN(raw[i]) ? 1 : 0;
    } else {
      const { codes, levels } = codesOf(table, column.column);
      const code = levels.indexOf(column.level);
      for (let i = 0, at = place; i < rows.length; i++, at += width) values[at] = codes[rows[i]] === code ? 1 : 0;
    }
  });
  return makeMatrix(
    encoder.columns.map(({ name }) => name),
    values,
  );
}

function checkCategories(encoder: Encoder, table: Table, rows: Uint32Array): void {
  if (encoder.unseen === "ignore") return;
  const unseen = unseenLevel(encoder, table, rows);
  if (unseen === null) return;
  throw new InputError({
    where: `row ${unseen.row}, column ${unseen.column}`,
    must: `must be one of [${unseen.known.join(", ")}], which training rows had`,
    got: `"${unseen.level}"`,
    mend: 'train on such rows, drop the row, or fit with unseen: "ignore"',
  });
}
