import type { Matrix } from "../core/Matrix.js";

/**
 * @param names   features of training, in their order
 * @param caller  function that the message names
 * @throws RangeError if the features are others, or in another order (the first wrong column named)
 */
export function checkFeatureNames(names: readonly string[], features: Matrix, caller: string): void {
  const wrong = Array.from({ length: Math.max(names.length, features.columns) }, (_, column) => column).find(
    (column) => names[column] !== features.names[column],
  );
  if (wrong !== undefined) {
    throw new RangeError(
      `${caller}: features must be the ${names.length} of training, in their order; ` +
        `column ${wrong} is ${features.names[wrong] ?? "missing"}, not ${names[wrong] ?? "to be there"}`,
    );
  }
}
