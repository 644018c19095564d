import type { LogisticWeights } from "../baselines/logisticPredictor.js";
import type { OnnxGraph, OnnxTensor } from "./onnxGraph.js";
import { onnxMaths } from "./onnxMaths.js";

/**
 * A logistic regression in float64, as logisticPredictor computes it.
 *
 * @param features  float32 [batch, names]
 * @returns float64 [batch, classes]
 */
export function onnxLogistic(
  graph: OnnxGraph,
  { classes, names, coefficients, intercepts }: LogisticWeights,
  features: OnnxTensor,
): OnnxTensor {
  const scores = graph.node(
    "Gemm",
    [
      onnxMaths(graph).cast(features, "double"),
      graph.constant("double", coefficients, { dims: [classes.length, names.length], name: "logistic/coefficients" }),
      graph.constant("double", intercepts, { name: "logistic/intercepts" }),
    ],
    { attributes: { transB: 1 } },
  );
  return graph.node("Softmax", [scores], { attributes: { axis: 1 } });
}
