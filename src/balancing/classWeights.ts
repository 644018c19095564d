import { className, classRows, type ClassNames } from "./classRows.js";

/** How classWeights weighs a class by its rows. */
export interface ClassWeightOptions extends ClassNames {
  /** balanced (default): n / (K n_c). effectiveNumber: in proportion to (1 - β) / (1 - β^n_c). */
  readonly method?: "balanced" | "effectiveNumber";
  /** β of effectiveNumber in [0, 1): 0 weighs all classes alike, towards 1 they approach 1 / n_c (default 0.999). */
  readonly beta?: number;
}

/**
 * Weight of each class in a loss, by class code; their mean over classes is 1 with effectiveNumber, their mean over
 * rows is 1 with balanced. Nothing is drawn or made up: compare every resampling with it.
 *
 * @param labels  class codes from 0, shape [n]
 * @throws RangeError if a class has no rows or β leaves [0, 1)
 * @see scikit-learn, class_weight="balanced"; Cui et al. 2019, doi:10.1109/CVPR.2019.00949, whose β this is
 *
 * @example
 * ```ts
 * import { classWeights } from "cspbbr3-twin";
 *
 * console.log(classWeights(Uint8Array.of(0, 0, 0, 1)));
 * // Float64Array(2) [ 0.6666666666666666, 2 ]
 * ```
 */
export function classWeights(
  labels: Uint8Array,
  { method = "balanced", beta = 0.999, ...names }: ClassWeightOptions = {},
): Float64Array {
  const counts = classRows(labels, names).map((rows) => rows.length);
  const absent = counts.indexOf(0);
  if (absent >= 0)
    throw new RangeError(
      `classWeights: every class needs at least one row; ${className(absent, names)} has none; ` +
        "leave it out of the classes or collect rows",
    );
  if (counts.length === 0) throw new RangeError("classWeights: at least one row is needed; got none");
  if (method === "balanced") return Float64Array.from(counts, (count) => labels.length / (counts.length * count));
  if (!(beta >= 0 && beta < 1)) throw new RangeError(`classWeights: beta must lie in [0, 1); got ${beta}`);
  // expm1 and log1p keep the digits that 1 - β^n loses where β is near 1.
  const raw = counts.map((count) => (beta === 0 ? 1 : (1 - beta) / -Math.expm1(count * Math.log(beta))));
  const total = raw.reduce((a, b) => a + b, 0);
  return Float64Array.from(raw, (weight) => (weight * counts.length) / total);
}
