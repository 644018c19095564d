import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/Random.js";
import { nearestNeighbours } from "../neighbours/nearestNeighbours.js";
import { checkTrainingRows, className, classRows, type ClassNames } from "./classRows.js";
import { interpolate } from "./interpolate.js";
import { type NominalColumns, nominalDistances, takeCommonest } from "./nominal.js";
import { type Addition, appendRows, type Resampled, type RowKind } from "./Resampled.js";
import { type Target, targetCounts } from "./targetCounts.js";

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
 * Conventions of imbalanced-learn: Euclidean distance, originals first and in order, each new row draws its first parent and
 * neighbour uniformly from all pairs, then its place between them uniformly. A row is never its own neighbour, a row
 * equal to it may be.
 *
 * @param features  training rows, finite
 * @param labels    class codes, shape [rows]
 * @throws RangeError if a class to grow has no more rows than neighbours are asked for, or as targetCounts
 * @see Chawla et al. 2002, doi:10.1613/jair.953
 */
export async function smote(features: Matrix, labels: Uint8Array, random: Random, { to = "auto", neighbours = 5, nominal = [], ...names }: SmoteOptions = {}): Promise<Resampled> {
  checkTrainingRows("smote", features, labels);
  const byClass = classRows(labels, names);
  const wanted = targetCounts("smote", byClass.map((rows) => rows.length), to, "over", names);
  const additions: Addition[] = [];
  for (const [label, rows] of byClass.entries()) {
    const count = wanted[label] - rows.length;
    if (count <= 0) continue;
    checkNeighbours("smote", rows.length, neighbours, className(label, names));
    const near = await nearestNeighbours(nominalDistances("smote", features, rows, nominal), { k: neighbours, of: rows, among: rows });
    additions.push(mixed(features, { label, kind: "smote", bases: rows, near: near.rows, neighbours, nominal }, drawPairs(rows.length, neighbours, count, random.fork(label))));
  }
  return appendRows(features, labels, additions);
}

/** @throws RangeError unless every row of a class can have that many neighbours in it */
export function checkNeighbours(caller: string, rows: number, neighbours: number, name: string): void {
  if (!(Number.isInteger(neighbours) && neighbours >= 1)) throw new RangeError(`${caller}: neighbours must be a whole number from 1; got ${neighbours}`);
  if (rows <= neighbours) {
    const mend = rows > 1 ? `take at most ${rows - 1} neighbours, collect or generate rows, or use oversample` : "collect or generate rows, or use oversample";
    throw new RangeError(`${caller}: a class to grow needs more rows than neighbours; ${name} has ${rows} ${rows === 1 ? "row" : "rows"} for ${neighbours} neighbours; ${mend}`);
  }
}

/** Which of its bases and neighbours a new row is mixed from: base floor(pair / neighbours), neighbour pair mod neighbours; and where between. */
export interface Draws {
  readonly pairs: Uint32Array;
  readonly gaps: Float32Array;
}

function drawPairs(bases: number, neighbours: number, count: number, random: Random): Draws {
  const pairs = Uint32Array.from({ length: count }, () => Math.floor(random() * bases * neighbours));
  return { pairs, gaps: Float32Array.from({ length: count }, random) };
}

interface Mixture {
  readonly label: number;
  readonly kind: RowKind;
  readonly bases: Uint32Array;
  /** Rows of the matrix near each base, `neighbours` of them. */
  readonly near: Uint32Array;
  readonly neighbours: number;
  readonly nominal: NominalColumns;
}

/** New rows from draws; categories are those that most of the first parent's neighbours have. */
export function mixed(features: Matrix, { label, kind, bases, near, neighbours, nominal }: Mixture, { pairs, gaps }: Draws): Addition {
  const parents = new Uint32Array(2 * pairs.length);
  pairs.forEach((pair, i) => {
    parents[2 * i] = bases[Math.floor(pair / neighbours)];
    parents[2 * i + 1] = near[pair];
  });
  const values = interpolate(features, parents, gaps);
  if (nominal.length > 0) pairs.forEach((pair, i) => takeCommonest(features, nominal, { base: parents[2 * i], near: near.subarray(pair - (pair % neighbours), pair - (pair % neighbours) + neighbours) }, values, i * features.columns));
  return { label, kind, values, parents, gaps };
}
