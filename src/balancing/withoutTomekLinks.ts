import type { Matrix } from "../core/Matrix.js";
import { nearestNeighbours } from "../neighbours/nearestNeighbours.js";
import { checkTrainingRows } from "./checkTrainingRows.js";
import { type Cleaned, cleanedRows } from "./cleanedRows.js";

/**
 * Rows to keep after dropping those in a Tomek link: two rows of different classes, each the other's nearest row. Such
 * a pair is noise or straddles a border.
 *
 * @param options.drop  common (default): only rows that are not of the rarest class; both: either row
 * @throws RangeError if rows, labels or classes are not as stated, or a class would lose all its rows
 * @see Tomek 1976, doi:10.1109/TSMC.1976.4309452; imbalanced-learn's TomekLinks
 */
export async function withoutTomekLinks(
  features: Matrix,
  labels: Uint8Array,
  { drop = "common" }: { readonly drop?: "common" | "both" } = {},
): Promise<Cleaned> {
  checkTrainingRows("withoutTomekLinks", features, labels);
  const { rows: nearest } = await nearestNeighbours(features, { k: 1 });
  return cleanedRows(
    "withoutTomekLinks",
    labels,
    drop,
    (row) => labels[nearest[row]] !== labels[row] && nearest[nearest[row]] === row,
  );
}
