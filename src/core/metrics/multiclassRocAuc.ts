import { checkCodes } from "./checkCodes.js";
import { checkProbabilities } from "./checkProbabilities.js";
import { rocAuc } from "./rocAuc.js";
import { rowWeights } from "../statistics/rowWeights.js";

/** Areas under receiver operating characteristics; 0.5 at chance. */
export interface MulticlassRocAuc {
  /** Each class against the rest, by code; null where the class or the rest has no row. */
  readonly byClass: readonly (number | null)[];
  /** Plain mean of `byClass`; null if one is. */
  readonly macro: number | null;
  /** Mean of `byClass` by the classes' share of rows; null if one is. */
  readonly weighted: number | null;
  /**
   * Mean over all pairs of classes, rows of the pair only, of both
   * directions: unmoved by class shares; null if a class has no row.
   */
  readonly oneAgainstOne: number | null;
}

/**
 * ROC AUC for several classes. A mean over the classes that happen to be there would not say which ones it left out, so
 * it is null when one is missing; `byClass` says which.
 *
 * @param labels         true class codes, shape [n]
 * @param probabilities  row-major, shape [n, classes], rows sum to 1
 * @param options.weights  one per row (default 1 each)
 * @throws RangeError if lengths differ, a label is no code, or rows are no probabilities
 * @see Hand and Till 2001, doi:10.1023/A:1010920819831 (one against one)
 */
export function multiclassRocAuc(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): MulticlassRocAuc {
  const weight = rowWeights(weights, labels.length, "multiclassRocAuc");
  const classes = checkProbabilities(probabilities, labels.length, "multiclassRocAuc");
  checkCodes(labels, classes, "multiclassRocAuc");
  const shares = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) shares[labels[row]] += weight[row];
  const area = (code: number, rows: readonly number[]): number | null =>
    // A class whose rows all weigh 0 is absent, and rocAuc wants some weight.
    shares[code] === 0 || !rows.some((row) => weight[row] > 0)
      ? null
      : rocAuc(
          rows.map((row) => Number(labels[row] === code)),
          rows.map((row) => probabilities[row * classes + code]),
          { weights: rows.map((row) => weight[row]) },
        );
  const codes = Array.from(shares.keys());
  const all = Array.from({ length: labels.length }, (_, row) => row);
  const byClass = codes.map((code) => area(code, all));
  const pairs = codes
    .flatMap((a) => codes.slice(a + 1).map((b) => [a, b] as const))
    .flatMap(([a, b]) => {
      const rows = all.filter((row) => labels[row] === a || labels[row] === b);
      return [area(a, rows), area(b, rows)];
    });
  return {
    byClass,
    macro: mean(
      byClass,
      codes.map(() => 1),
    ),
    weighted: mean(byClass, Array.from(shares)),
    oneAgainstOne: mean(
      pairs,
      pairs.map(() => 1),
    ),
  };
}

function mean(values: readonly (number | null)[], weights: readonly number[]): number | null {
  if (values.length === 0 || !values.every((value) => value !== null)) return null;
  return values.reduce((sum, value, i) => sum + weights[i] * value, 0) / weights.reduce((a, b) => a + b);
}
