import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import { nearestNeighbours } from "../neighbours/nearestNeighbours.js";
import { checkNeighbours, checkTrainingRows } from "./checkTrainingRows.js";
import { className, classRows, type ClassNames } from "./classRows.js";
import { drawPairs, mixedRows } from "./mixedRows.js";
import { type NominalColumns, nominalDistances } from "./nominalDistances.js";
import { type Addition, appendRows, type Resampled } from "./Resampled.js";
import { type Target, targetCounts } from "./targetCounts.js";

/** How many rows smote makes, and from which neighbours. */
export interface SmoteOptions extends ClassNames {
  readonly to?: Target;
  /** Neighbours within the class that a row may be mixed with (default 5). */
  readonly neighbours?: number;
  /** Columns that stand for categories, one list per category: SMOTE-NC, see `nominalDistances`. */
  readonly nominal?: NominalColumns;
}

/**
 * Synthetic minority over-sampling: each new row lies on the segment between a row and one of its nearest neighbours
 * of the same class. Standardise the features first, since distances decide. Training rows only.
 *
 * Conventions of imbalanced-learn: Euclidean distance, originals first and in order, each new row draws its first
 * parent and neighbour uniformly from all pairs, then its place between them uniformly. A row is never its own
 * neighbour, a row equal to it may be.
 *
 * @param features  training rows, finite
 * @param labels    class codes, shape [rows]
 * @throws RangeError if a class to grow has no more rows than neighbours are asked for, or as targetCounts
 * @see Chawla et al. 2002, doi:10.1613/jair.953
 *
 * @example
 * ```ts
 * import { makeMatrix, seededRandom, smote } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.of(0, 1, 2, 3, 10, 11));
 * const labels = Uint8Array.of(0, 0, 0, 0, 1, 1);
 * const balanced = await smote(features, labels, seededRandom(1), { neighbours: 1 });
 * console.log(balanced.labels.length, Array.from(balanced.features.values.slice(6), (x) => x.toFixed(2)));
 * // 8 [ '10.21', '10.69' ]
 * ```
 */
export async function smote(
  features: Matrix,
  labels: Uint8Array,
  random: Random,
  { to = "auto", neighbours = 5, nominal = [], ...names }: SmoteOptions = {},
): Promise<Resampled> {
  checkTrainingRows("smote", features, labels);
  const byClass = classRows(labels, names);
  const wanted = targetCounts(
    "smote",
    byClass.map((rows) => rows.length),
    to,
    "over",
    names,
  );
  const additions: Addition[] = [];
  for (const [label, rows] of byClass.entries()) {
    const count = wanted[label] - rows.length;
    if (count <= 0) continue;
    checkNeighbours("smote", rows.length, neighbours, className(label, names));
    const near = await nearestNeighbours(nominalDistances("smote", features, rows, nominal), {
      k: neighbours,
      of: rows,
      among: rows,
    });
    additions.push(
      mixedRows(
        features,
        { label, kind: "smote", bases: rows, near: near.rows, neighbours, nominal },
        drawPairs(rows.length * neighbours, count, random.fork(label)),
      ),
    );
  }
  return appendRows(features, labels, additions);
}
