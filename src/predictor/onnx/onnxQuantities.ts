import { outcomeFields } from "../../chemistry/recipeSchema.js";
import type { TargetScale } from "../../training/files/Model.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import type { QuantityLimits } from "../quantityLimits.js";

/** A number of a product with its interval, float64 [batch, 1] each, in its unit. */
export type OnnxQuantity = Readonly<Record<"value" | "low" | "high", OnnxTensor>>;

/**
 * A number that networks learned, its 90 % interval of recipes that tell all, and both back in its unit within what is
 * possible.
 *
 * @param centre  what the networks say of it, standardised: float64 [batch, 1]
 */
export function onnxQuantity(
  graph: OnnxGraph,
  { column, scale, intervals }: QuantityLimits,
  { mean, scale: spread }: TargetScale,
  centre: OnnxTensor,
): OnnxQuantity {
  const { add, exp, max, min, mul, sub } = onnxMaths(graph);
  const far = intervals.thresholds[0].value!;
  // As possibleValue.
  const possible = (one: OnnxTensor): OnnxTensor =>
    outcomeFields[column].unit === "1" ? min(max(one, 0), 1) : max(one, 0);
  const back = (one: OnnxTensor): OnnxTensor => {
    const own = add(mean, mul(spread, one));
    return possible(scale === "ln" ? exp(own) : own);
  };
  return { value: back(centre), low: back(sub(centre, far)), high: back(add(centre, far)) };
}
