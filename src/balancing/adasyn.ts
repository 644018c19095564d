import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import { nearestNeighbours } from "../neighbours/nearestNeighbours.js";
import { checkNeighbours, checkTrainingRows } from "./checkTrainingRows.js";
import { className, classRows } from "./classRows.js";
import { mixedRows } from "./mixedRows.js";
import { nominalDistances } from "./nominalDistances.js";
import { type Addition, appendRows, type Resampled } from "./Resampled.js";
import type { SmoteOptions } from "./smote.js";
import { targetCounts } from "./targetCounts.js";

/**
 * Adaptive synthetic sampling: SMOTE in which a row becomes a parent the more often, the more of its nearest rows are
 * of other classes. Counts per row are rounded half to even, so totals may miss what was asked for by a few rows.
 *
 * @throws RangeError as smote, if no row of a class to grow has neighbours
 *   of other classes, or if all counts round to 0
 * @see He et al. 2008, doi:10.1109/IJCNN.2008.4633969; conventions of imbalanced-learn 0.10
 */
export async function adasyn(
  features: Matrix,
  labels: Uint8Array,
  random: Random,
  { to = "auto", neighbours = 5, nominal = [], ...names }: SmoteOptions = {},
): Promise<Resampled> {
  checkTrainingRows("adasyn", features, labels);
  const byClass = classRows(labels, names);
  const wanted = targetCounts(
    "adasyn",
    byClass.map((rows) => rows.length),
    to,
    "over",
    names,
  );
  const additions: Addition[] = [];
  for (const [label, rows] of byClass.entries()) {
    const count = wanted[label] - rows.length;
    if (count <= 0) continue;
    checkNeighbours("adasyn", rows.length, neighbours, className(label, names));
    const space = nominalDistances("adasyn", features, rows, nominal);
    const around = await nearestNeighbours(space, { k: neighbours, of: rows });
    const foreign = Float64Array.from(rows, (_, i) =>
      around.rows
        .subarray(i * neighbours, (i + 1) * neighbours)
        .reduce((sum, row) => sum + (labels[row] === label ? 0 : 1), 0),
    );
    const shares = adasynCounts(foreign, { neighbours, count, name: className(label, names) });
    const near = await nearestNeighbours(space, { k: neighbours, of: rows, among: rows });
    const draw = random.fork(label);
    const bases = Array.from(shares).flatMap((times, i) => new Array<number>(times).fill(i));
    const pairs = Uint32Array.from(bases, (base) => base * neighbours + Math.floor(draw() * neighbours));
    additions.push(
      mixedRows(
        features,
        { label, kind: "adasyn", bases: rows, near: near.rows, neighbours, nominal },
        { pairs, gaps: Float32Array.from(pairs, () => draw()) },
      ),
    );
  }
  return appendRows(features, labels, additions);
}

/**
 * New rows per row: `count` in proportion to the share of foreign neighbours, rounded half to even. Halves are those of
 * whole numbers: imbalanced-learn divides first, and float64 then misses some of them.
 *
 * @param foreign  neighbours of other classes, per row
 * @throws RangeError if none has any, or all counts round to 0
 */
export function adasynCounts(
  foreign: Float64Array,
  { neighbours, count, name }: { readonly neighbours: number; readonly count: number; readonly name: string },
): Uint32Array {
  const total = foreign.reduce((a, b) => a + b, 0);
  if (total === 0)
    throw new RangeError(
      `adasyn: no row of ${name} has a neighbour of another class, so there is no border to grow at; ` +
        `use smote, or more than ${neighbours} neighbours`,
    );
  const counts = Uint32Array.from(foreign, (own) => quotientHalfEven(own * count, total));
  if (counts.every((rows) => rows === 0))
    throw new RangeError(
      `adasyn: ${count} new rows of ${name} spread over ${foreign.length} rows all round to 0; ` +
        "ask for more, or use smote",
    );
  return counts;
}

/** Of whole numbers, which divide without rounding. */
function quotientHalfEven(numerator: number, denominator: number): number {
  const rest = numerator % denominator;
  const below = (numerator - rest) / denominator;
  return 2 * rest > denominator || (2 * rest === denominator && below % 2 === 1) ? below + 1 : below;
}
