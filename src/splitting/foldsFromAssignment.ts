import type { Fold } from "../core/Fold.js";

/**
 * One fold per name: test on the rows assigned to it, train on all others.
 *
 * @param testFold  number of the fold that tests each row, shape [n]
 */
export function foldsFromAssignment(testFold: ArrayLike<number>, names: readonly string[]): Fold[] {
  const rows = testFold.length;
  return names.map((name, fold) => {
    // Filled in place: with a thousand groups a filter with a function takes ten times as long.
    const [train, test] = [new Uint32Array(rows), new Uint32Array(rows)];
    let tested = 0;
    for (let row = 0; row < rows; row++) {
      if (testFold[row] === fold) test[tested++] = row;
      else train[row - tested] = row;
    }
    return { name, train: train.slice(0, rows - tested), test: test.slice(0, tested) };
  });
}

/** "1 of 5" and so on, as messages and tables print them. */
export function foldNames(folds: number): string[] {
  return Array.from({ length: folds }, (_, i) => `${i + 1} of ${folds}`);
}

/** @throws RangeError if the number of folds is not a whole number of at least 2 */
export function checkFolds(folds: number, where: string): void {
  if (!(Number.isInteger(folds) && folds >= 2))
    throw new RangeError(`${where}: folds must be a whole number of at least 2; got ${folds}`);
}
