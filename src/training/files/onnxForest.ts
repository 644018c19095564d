import type { Forest } from "../baselines/forestPredictor.js";
import type { OnnxGraph, OnnxTensor } from "./onnxGraph.js";
import { onnxMaths } from "./onnxMaths.js";

/**
 * A forest, as forestPredictor computes it: TreeEnsembleRegressor adds up the shares in the leaves (ai.onnx.ml), and
 * with the shares of training they are divided by their sum. Questions are asked in float32, as they were learned.
 *
 * @param features  float32 [batch, names]
 * @returns float64 [batch, classes]
 */
export function onnxForest(
  graph: OnnxGraph,
  { classes, roots, column, threshold, next, leafShares, shares }: Forest,
  features: OnnxTensor,
): OnnxTensor {
  const { add, cast, div, row, rowSum } = onnxMaths(graph);
  const trees: number[] = [];
  const own: number[] = [];
  // Nodes of a tree are numbered from its root on.
  for (let node = 0, tree = -1; node < column.length; node++) {
    if (node === roots[tree + 1]) tree++;
    trees.push(tree);
    own.push(node - roots[tree]);
  }
  const isLeaf = (node: number): boolean => column[node] < 0;
  const child = (node: number, side: 0 | 1): number => (isLeaf(node) ? 0 : next[node] + side - roots[trees[node]]);
  const nodes = Array.from(column.keys());
  const leaves = nodes.filter(isLeaf);
  const perLeaf = <Value>(of: (leaf: number, k: number) => Value): Value[] =>
    leaves.flatMap((leaf) => classes.map((_, k) => of(leaf, k)));
  const sums = graph.node("TreeEnsembleRegressor", [features], {
    domain: "ai.onnx.ml",
    attributes: {
      n_targets: classes.length,
      aggregate_function: "SUM",
      post_transform: "NONE",
      nodes_treeids: trees,
      nodes_nodeids: own,
      nodes_featureids: nodes.map((node) => Math.max(column[node], 0)),
      nodes_modes: nodes.map((node) => (isLeaf(node) ? "LEAF" : "BRANCH_LEQ")),
      nodes_values: Float32Array.from(threshold),
      nodes_truenodeids: nodes.map((node) => child(node, 0)),
      nodes_falsenodeids: nodes.map((node) => child(node, 1)),
      target_treeids: perLeaf((leaf) => trees[leaf]),
      target_nodeids: perLeaf((leaf) => own[leaf]),
      target_ids: perLeaf((_, k) => k),
      target_weights: Float32Array.from(perLeaf((leaf, k) => leafShares[next[leaf] * classes.length + k])),
    },
  });
  const votes = add(cast(sums, "double"), row(Array.from(shares)));
  return div(votes, rowSum(votes));
}
