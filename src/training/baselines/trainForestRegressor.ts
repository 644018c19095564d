import { checkFinite, type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { rowWeights } from "../../core/statistics/rowWeights.js";
import {
  type ForestTargetPredictor,
  forestTargetPredictor,
  type TargetForest,
  type TargetForests,
} from "./forestTargetPredictor.js";
import { type ForestGrowth, growForest } from "./growForest.js";

/** How a forest of targets grows; each node chooses among all columns by default. */
export type ForestRegressorOptions = ForestGrowth;

/** Grown forests of targets: they predict, and their numbers can be stored. */
export interface ForestRegressor extends ForestTargetPredictor, TargetForests {}

/**
 * Random forests, one per target over the rows where it is known. Each node takes the cut that leaves the least
 * variance about the means of both sides, and the leaves' means are averaged over the trees. With drawn thresholds they
 * are extremely randomised trees, smoother and as a rule the better with few rows. Defaults are those of scikit-learn's
 * RandomForestRegressor and ExtraTreesRegressor, with 200 trees.
 *
 * @param features     finite, shape [rows, columns]; their scale does not matter
 * @param targets      row-major [rows, targetNames], NaN where unknown
 * @param targetNames  one per column of the targets, at least one
 * @throws RangeError if lengths do not fit, a feature is not finite (row and column named), a target is infinite or
 *   known nowhere, an option is outside its range, or weights are negative or all 0
 * @see Breiman 2001, doi:10.1023/A:1010933404324; Geurts et al. 2006, doi:10.1007/s10994-006-6226-1
 *
 * @example
 * ```ts
 * import { makeMatrix, seededRandom, trainForestRegressor } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.from({ length: 40 }, (_, row) => row));
 * const targets = Array.from({ length: 40 }, (_, row) => (row < 20 ? 1 : 5));
 * const forest = trainForestRegressor(features, targets, ["y"], seededRandom(1), { trees: 50 });
 * console.log(Array.from(forest.predictTargets(makeMatrix(["x"], Float32Array.of(5, 35)))));
 * // [ 1, 5 ]
 * ```
 */
export function trainForestRegressor(
  features: Matrix,
  targets: ArrayLike<number>,
  targetNames: readonly string[],
  random: Random,
  { weights, ...growth }: ForestRegressorOptions = {},
): ForestRegressor {
  const { rows, names } = features;
  const count = targetNames.length;
  if (count === 0) throw new RangeError("trainForestRegressor: at least one target is needed; got no names");
  if (targets.length !== rows * count)
    throw new RangeError(
      `trainForestRegressor: ${count} targets per row of the features are needed; ` +
        `got ${targets.length} numbers for ${rows} rows`,
    );
  checkFinite("trainForestRegressor", features);
  const weight = rowWeights(weights, rows, "trainForestRegressor");
  const forests = targetNames.map((name, t): TargetForest => {
    const known = Uint32Array.from({ length: rows }, (_, row) => row).filter(
      (row) => weight[row] > 0 && !Number.isNaN(targets[row * count + t]),
    );
    const own = Float64Array.from(known, (row) => targets[row * count + t]);
    checkTarget(own, known, name);
    // About their mean, for sums of squares far from 0 lose digits.
    const mean = own.reduce((sum, value) => sum + value / own.length, 0);
    const { leaves, ...nodes } = growForest(
      selectMatrixRows(features, known),
      { values: own.map((value) => value - mean) },
      targetNames.length === 1 ? random : random.fork(name),
      { ...growth, weights: Float64Array.from(known, (row) => weight[row]) },
      "trainForestRegressor",
    );
    return { ...nodes, leafMeans: Float64Array.from(leaves, (leaf) => leaf + mean) };
  });
  const learned = { names, targets: targetNames, forests };
  return { ...learned, ...forestTargetPredictor(learned) };
}

function checkTarget(target: Float64Array, rows: Uint32Array, name: string): void {
  if (target.length === 0)
    throw new RangeError(
      `trainForestRegressor: at least one row with a known target and a weight above 0 is needed; ${name} has none`,
    );
  const strange = target.findIndex((value) => !Number.isFinite(value));
  if (strange >= 0)
    throw new RangeError(
      "trainForestRegressor: targets must be finite, or NaN where unknown; " +
        `row ${rows[strange]}, target ${name} has ${target[strange]}`,
    );
}
