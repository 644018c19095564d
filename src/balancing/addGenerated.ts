import { type Matrix, selectMatrixRows } from "../core/Matrix.js";
import { checkTrainingRows } from "./checkTrainingRows.js";
import { className, classRows, type ClassNames } from "./classRows.js";
import { type Addition, appendRows, noParent, type Resampled } from "./Resampled.js";
import { type Target, targetCounts } from "./targetCounts.js";

/** New labelled rows from wherever the caller gets them, with the columns of the training set. */
export interface Generated {
  readonly features: Matrix;
  readonly labels: Uint8Array;
}

/**
 * Targeted generation: new experiments of the rare classes instead of mixtures of old ones. Of what the generator
 * returns, each class takes the first rows it lacks; rows of classes that lack none are left out.
 *
 * Unlike interpolation this adds information, but the new rows come from where the generator looked, not from where
 * the laboratories did: within a class, too, recipes are distributed otherwise than in the untouched rows.
 *
 * @param generate  called once with the rows lacking, by class code
 * @throws RangeError if columns differ or a class is not filled
 */
export async function addGenerated(
  features: Matrix,
  labels: Uint8Array,
  generate: (lacking: readonly number[]) => Promise<Generated>,
  { to = "auto", ...names }: ClassNames & { readonly to?: Target } = {},
): Promise<Resampled> {
  checkTrainingRows("addGenerated", features, labels);
  const byClass = classRows(labels, names);
  const wanted = targetCounts(
    "addGenerated",
    byClass.map((rows) => rows.length),
    to,
    "over",
    names,
  );
  const lacking = wanted.map((count, label) => count - byClass[label].length);
  if (lacking.every((count) => count === 0)) return appendRows(features, labels, []);
  const fresh = await generate(lacking);
  checkTrainingRows("addGenerated, generated rows", fresh.features, fresh.labels);
  if (fresh.features.names.join() !== features.names.join())
    throw new RangeError(
      `addGenerated: generated rows must have the columns of the training set [${features.names.join(", ")}]; ` +
        `got [${fresh.features.names.join(", ")}]`,
    );
  const found = classRows(fresh.labels);
  const additions = lacking.flatMap((count, label): Addition[] => {
    if (count === 0) return [];
    const rows = (found[label] ?? new Uint32Array(0)).subarray(0, count);
    if (rows.length < count)
      throw new RangeError(
        `addGenerated: the generator must return at least ${count} rows of ${className(label, names)}; ` +
          `got ${rows.length}; let it make more`,
      );
    return [
      {
        label,
        kind: "generated",
        values: selectMatrixRows(fresh.features, rows).values,
        parents: new Uint32Array(2 * count).fill(noParent),
        gaps: new Float32Array(count),
      },
    ];
  });
  return appendRows(features, labels, additions);
}
