import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import { nearestNeighbours } from "../neighbours/nearestNeighbours.js";
import { checkNeighbours, checkTrainingRows } from "./checkTrainingRows.js";
import { className, classRows } from "./classRows.js";
import { drawPairs, mixedRows } from "./mixedRows.js";
import { nominalDistances } from "./nominalDistances.js";
import { type Addition, appendRows, type Resampled } from "./Resampled.js";
import type { SmoteOptions } from "./smote.js";
import { targetCounts } from "./targetCounts.js";

/** How borderlineSmote finds rows in danger and mixes them. */
export interface BorderlineOptions extends SmoteOptions {
  /**
   * 1 (default): new rows between rows in danger and their own class; 2: half of them lie towards the nearest rows of
   * other classes instead, at most half way.
   */
  readonly variant?: 1 | 2;
  /** Neighbours among all rows that tell whether a row is in danger (default 10). */
  readonly dangerNeighbours?: number;
}

/**
 * SMOTE from those rows only that are in danger: at least half, but not all, of their nearest rows are of other
 * classes. Rows with none but foreign neighbours count as noise and are not grown from.
 *
 * With variant 2, imbalanced-learn draws the share of rows towards other classes from Beta(10, 10); here it is one
 * half.
 *
 * @throws RangeError as smote, or if a class to grow has no row in danger
 * @see Han, Wang and Mao 2005, doi:10.1007/11538059_91
 */
export async function borderlineSmote(
  features: Matrix,
  labels: Uint8Array,
  random: Random,
  { to = "auto", neighbours = 5, dangerNeighbours = 10, variant = 1, nominal = [], ...names }: BorderlineOptions = {},
): Promise<Resampled> {
  const caller = "borderlineSmote";
  checkTrainingRows(caller, features, labels);
  const byClass = classRows(labels, names);
  const wanted = targetCounts(
    caller,
    byClass.map((rows) => rows.length),
    to,
    "over",
    names,
  );
  const additions: Addition[] = [];
  for (const [label, rows] of byClass.entries()) {
    const count = wanted[label] - rows.length;
    if (count <= 0) continue;
    checkNeighbours(caller, rows.length, neighbours, className(label, names));
    const space = nominalDistances(caller, features, rows, nominal);
    const around = await nearestNeighbours(space, { k: dangerNeighbours, of: rows });
    const bases = rows.filter((_, i) => {
      const foreign = around.rows
        .subarray(i * dangerNeighbours, (i + 1) * dangerNeighbours)
        .filter((row) => labels[row] !== label).length;
      return foreign >= dangerNeighbours / 2 && foreign < dangerNeighbours;
    });
    if (bases.length === 0)
      throw new RangeError(
        `${caller}: no row of ${className(label, names)} is at the border (half or more, but not all, ` +
          `of its ${dangerNeighbours} nearest rows of other classes); use smote, or other dangerNeighbours`,
      );
    const draw = random.fork(label);
    const towards = async (among: Uint32Array, share: number, kind: string, farthest: number): Promise<void> => {
      const near = await nearestNeighbours(space, { k: neighbours, of: bases, among });
      additions.push(
        mixedRows(
          features,
          { label, kind: "borderline", bases, near: near.rows, neighbours, nominal },
          drawPairs(bases.length * neighbours, share, draw.fork(kind), { farthest }),
        ),
      );
    };
    const foreignRows = variant === 1 ? 0 : Math.floor(count / 2);
    await towards(rows, count - foreignRows, "own", 1);
    if (foreignRows > 0)
      await towards(
        Uint32Array.from(labels.keys()).filter((row) => labels[row] !== label),
        foreignRows,
        "foreign",
        0.5,
      );
  }
  return appendRows(features, labels, additions);
}
