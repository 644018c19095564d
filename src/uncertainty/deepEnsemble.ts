import type { Predictor } from "../core/Predictor.js";
import type { UncertainPredictor } from "./Predictive.js";
import { predictiveEntropy } from "./predictiveEntropy.js";

/**
 * Several classifiers as one. Train the members from different first weights and in different orders of rows, as
 * trainMany does: members that differ in one of them alone agree more than the data warrant. Members predict one
 * after the other; many rows go faster through training's predictMany, in threads, and predictiveEntropy.
 *
 * @param members  at least two, of the same classes
 * @throws RangeError if there are fewer than two members, or their classes differ
 * @see Lakshminarayanan et al. 2017, arXiv:1612.01474
 *
 * @example
 * ```ts
 * import { deepEnsemble, makeMatrix, type Predictor } from "cspbbr3-twin";
 *
 * const surest: Predictor = { classes: ["a", "b"], predict: () => Float64Array.of(0.9, 0.1) };
 * const doubter: Predictor = { classes: ["a", "b"], predict: () => Float64Array.of(0.5, 0.5) };
 * const recipe = makeMatrix(["x"], Float32Array.of(0));
 * const { probabilities, total, epistemic } = deepEnsemble([surest, doubter]).predictive(recipe);
 * console.log(probabilities, total[0].toFixed(3), epistemic[0].toFixed(3));
 * // Float64Array(2) [ 0.7, 0.3 ] 0.611 0.102
 * ```
 */
export function deepEnsemble(members: readonly Predictor[]): UncertainPredictor {
  if (members.length < 2)
    throw new RangeError(
      `deepEnsemble: at least two members are needed, for one alone cannot disagree; got ${members.length}`,
    );
  const { classes } = members[0];
  const strange = members.findIndex((member) => member.classes.join("\n") !== classes.join("\n"));
  if (strange >= 0)
    throw new RangeError(
      "deepEnsemble: all members must have the same classes in one order; " +
        `member ${strange} has ${members[strange].classes.join(", ")}, member 0 ${classes.join(", ")}`,
    );
  const predictive: UncertainPredictor["predictive"] = (features) =>
    predictiveEntropy(
      members.map((member) => member.predict(features)),
      features.rows,
    );
  return { classes, predict: (features) => predictive(features).probabilities, predictive };
}
