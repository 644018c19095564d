import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import type { ConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { thresholdOf } from "../../uncertainty/conformal/stratifiedThresholds.js";

/** Why sets of this rule cannot be found in a graph; null where they can. */
export function setsWithoutGraph({ rule, within }: Pick<ConformalSets, "rule" | "within">): string | null {
  if (rule.score !== "lac") return `sets by the score "${rule.score}", which ranks the phases of each recipe`;
  return within === "strata" ? "sets with a threshold for each stratum of rows" : null;
}

/**
 * conformalSets of the score "lac" in a graph: a class is in the set where 1 less its probability is at most its
 * threshold, and where calibration had too few rows of it.
 *
 * @param probabilities  float64 [batch, classes], before they are calibrated
 * @returns bool [batch, classes]
 */
export function onnxSets(
  graph: OnnxGraph,
  { classes, within, thresholds }: ConformalSets,
  probabilities: OnnxTensor,
): OnnxTensor {
  const { atMost, row, sub } = onnxMaths(graph);
  const largest = thresholdOf(thresholds);
  const limits = Array.from({ length: classes }, (_, k) => largest(within === "class" ? k : null));
  return atMost(sub(1, probabilities), row(limits));
}
