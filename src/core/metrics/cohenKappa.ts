import { confusionMargins, confusionMatrix, type CodesOptions } from "./confusionMatrix.js";

/**
 * Cohen's kappa: agreement beyond what the class shares of both sides would give by chance.
 *
 * @param labels       true class codes, shape [n]
 * @param predictions  predicted class codes, shape [n]
 * @param options.disagreement  "plain" (default): all confusions count alike; "quadratic": by the squared distance of
 *   codes, which must then be in an order that means something
 * @returns at most 1; 0 at chance; null where both sides are one and the same class throughout
 * @throws RangeError as confusionMatrix does
 * @see Cohen 1960, doi:10.1177/001316446002000104; Cohen 1968, doi:10.1037/h0026256 (weighted)
 */
export function cohenKappa(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  { disagreement = "plain", ...options }: CodesOptions & { readonly disagreement?: "plain" | "quadratic" } = {},
): number | null {
  const matrix = confusionMatrix(labels, predictions, options);
  const { truth, predicted, total } = confusionMargins(matrix);
  let [observed, expected] = [0, 0];
  matrix.counts.forEach((count, at) => {
    const [row, column] = [Math.floor(at / matrix.classes), at % matrix.classes];
    const distance = disagreement === "quadratic" ? (row - column) ** 2 : Number(row !== column);
    observed += distance * count;
    expected += (distance * truth[row] * predicted[column]) / total;
  });
  return expected > 0 ? 1 - observed / expected : null;
}
