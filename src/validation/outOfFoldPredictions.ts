import type { Fold } from "../core/Fold.js";

/**
 * Predictions for every row by a model that was fitted without the row's fold. The package ml-cross-validation drives
 * the rounds over our own folds: its splitters shuffle with Math.random and can drop rows, so it receives fold
 * numbers as if they were samples, and its confusion matrix is not read.
 *
 * @param numRows     rows that the folds must cover exactly once
 * @param fitPredict  fits on the train rows and returns predictions of the test rows, in their order, row-major [test
 *   rows, width]
 * @param options.width  numbers per prediction, for example one per class (default 1)
 * @returns row-major [numRows, width]
 * @throws RangeError if a row is tested never or twice, a fold trains on a row that it tests, or a round returns the
 *   wrong number of predictions
 */
export async function outOfFoldPredictions(
  folds: readonly Fold[],
  numRows: number,
  fitPredict: (train: Uint32Array, test: Uint32Array) => ArrayLike<number>,
  { width = 1 }: { readonly width?: number } = {},
): Promise<Float64Array> {
  const tested = new Uint8Array(numRows);
  const testedBy = new Int32Array(numRows).fill(-1);
  folds.forEach(({ name, train, test }, id) => {
    for (const row of test) {
      if (row >= numRows)
        throw new RangeError(`outOfFoldPredictions: fold ${name} must test rows below ${numRows}; got ${row}`);
      tested[row]++;
      testedBy[row] = id;
    }
    const leak = train.find((row) => testedBy[row] === id);
    if (leak !== undefined)
      throw new RangeError(
        `outOfFoldPredictions: fold ${name} must not train on a row that it tests; got row ${leak} in both`,
      );
  });
  const wrong = tested.findIndex((times) => times !== 1);
  if (wrong >= 0)
    throw new RangeError(
      `outOfFoldPredictions: every row must be tested exactly once; row ${wrong} is tested ${tested[wrong]} times`,
    );

  const { leaveOneOut } = await import("ml-cross-validation");
  const predictions = new Float64Array(numRows * width);
  const ids = folds.map((_, id) => id);
  leaveOneOut(ids, ids, (_trainFolds, _trainLabels, [id]) => {
    const { name, train, test } = folds[id];
    const predicted = fitPredict(train, test);
    if (predicted.length !== test.length * width)
      throw new RangeError(
        `outOfFoldPredictions: fold ${name} must return ${test.length} ` +
          `predictions${width === 1 ? "" : ` of ${width} numbers`}; ` +
          `got ${predicted.length}${width === 1 ? "" : " numbers"}`,
      );
    test.forEach((row, i) => {
      for (let k = 0; k < width; k++) predictions[row * width + k] = predicted[i * width + k];
    });
    return [id];
  });
  return predictions;
}
