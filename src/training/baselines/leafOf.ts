import type { ForestNodes } from "./growForest.js";

/**
 * The leaf of a tree that a row falls into: which row of the answers is its own.
 *
 * @param root  first node of the tree
 * @param from  where the row begins among the values
 */
export function leafOf(
  { column, threshold, next }: Omit<ForestNodes, "roots">,
  root: number,
  values: Float32Array,
  from: number,
): number {
  let node = root;
  while (column[node] >= 0) node = next[node] + (values[from + column[node]] <= threshold[node] ? 0 : 1);
  return next[node];
}
