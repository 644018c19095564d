import { checkFinite, type Matrix } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { rowWeights } from "../../core/statistics/rowWeights.js";
import { binFeatures } from "./binFeatures.js";
import { growTree, type Thresholds, type TreeGoal, type TreeNodes } from "./growTree.js";

/** How a forest grows. */
export interface ForestGrowth {
  /** How many trees vote, at least 1 (default 200). */
  readonly trees?: number;
  /** Training rows that a leaf must have, at least 1 (default 1). */
  readonly leastLeaf?: number;
  /** Columns that each node chooses among. */
  readonly columnsPerNode?: number;
  /**
   * Where nodes cut a column: best (the default), each tree on a bootstrap sample of the rows; or drawn at random, each
   * tree on all rows: extremely randomised trees (Geurts et al. 2006, doi:10.1007/s10994-006-6226-1).
   */
  readonly thresholds?: Thresholds;
  /** One per row, at least 0 (default 1 each). */
  readonly weights?: ArrayLike<number>;
}

/** Trees of one forest as plain numbers, in one list of nodes. */
export interface ForestNodes {
  /** First node of each tree. */
  readonly roots: Uint32Array;
  /** Column that a node asks for; -1 for a leaf. */
  readonly column: Int32Array;
  /** A row whose value is at most this goes left; 0 in a leaf. */
  readonly threshold: Float32Array;
  /** The left child, the right one follows it; for a leaf, which row of the answers is its own. */
  readonly next: Uint32Array;
}

/** Bins of a feature: thresholds closer than the hundredth part of the rows differ by chance. */
const mostBins = { best: 128, drawn: 256 } as const;

/**
 * Grows the trees of a forest; tree t draws from the fork of `random` with its number, so that it does not depend on
 * how many there are.
 *
 * @throws RangeError if a feature is not finite (row and column named), an option is outside its range, or weights are
 *   negative or all 0
 */
export function growForest(
  features: Matrix,
  goal: TreeGoal,
  random: Random,
  { trees = 200, leastLeaf = 1, columnsPerNode = features.columns, thresholds = "best", weights }: ForestGrowth,
  caller: string,
): ForestNodes & { readonly leaves: readonly number[] } {
  for (const [name, value] of Object.entries({ trees, leastLeaf, columnsPerNode }))
    if (!(Number.isInteger(value) && value >= 1))
      throw new RangeError(`${caller}: ${name} must be a whole number from 1; got ${value}`);
  if (columnsPerNode > features.columns)
    throw new RangeError(
      `${caller}: columnsPerNode must be at most the ${features.columns} columns; got ${columnsPerNode}`,
    );
  if (!Object.hasOwn(mostBins, thresholds))
    throw new RangeError(
      `${caller}: thresholds must be one of ${Object.keys(mostBins).join(", ")}; got "${String(thresholds)}"`,
    );
  checkFinite(caller, features);
  const rowWeight = Float64Array.from(rowWeights(weights, features.rows, caller));
  const rows = Uint32Array.from(rowWeight.keys()).filter((row) => rowWeight[row] > 0);
  const binned = binFeatures(features, mostBins[thresholds]);
  const nodes: TreeNodes = { column: [], threshold: [], next: [], leaves: [] };
  const roots = Uint32Array.from({ length: trees }, (_, t) => {
    const draw = random.fork(t);
    const root = nodes.column.length;
    const inBag = thresholds === "best" ? bootstrap(rows, rowWeight, draw) : rowWeight;
    growTree({ features: binned, goal, weights: inBag, columnsPerNode, leastLeaf, thresholds }, nodes, draw);
    return root;
  });
  return {
    roots,
    column: Int32Array.from(nodes.column),
    threshold: Float32Array.from(nodes.threshold),
    next: Uint32Array.from(nodes.next),
    leaves: nodes.leaves,
  };
}

/** Weight of each row times how often it was drawn. */
function bootstrap(rows: Uint32Array, weights: Float64Array, random: Random): Float64Array {
  const inBag = new Float64Array(weights.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[Math.floor(random() * rows.length)];
    inBag[row] += weights[row];
  }
  return inBag;
}
