import { checkFinite, type Matrix } from "../core/Matrix.js";

/**
 * @param caller  function that the message names
 * @throws RangeError unless there is one label per row, at least one row, all
 *   features are finite, and more than one class is there
 */
export function checkTrainingRows(caller: string, features: Matrix, labels: Uint8Array): void {
  if (labels.length !== features.rows)
    throw new RangeError(`${caller}: every row needs one label; got ${features.rows} rows and ${labels.length} labels`);
  if (features.rows === 0) throw new RangeError(`${caller}: at least one row is needed; got none`);
  checkFinite(caller, features);
  if (labels.every((label) => label === labels[0]))
    throw new RangeError(
      `${caller}: more than one class is needed to balance; all ${labels.length} rows have code ${labels[0]}`,
    );
}

/** @throws RangeError unless every row of a class can have that many neighbours in it */
export function checkNeighbours(caller: string, rows: number, neighbours: number, name: string): void {
  if (!(Number.isInteger(neighbours) && neighbours >= 1))
    throw new RangeError(`${caller}: neighbours must be a whole number from 1; got ${neighbours}`);
  if (rows <= neighbours) {
    const mend =
      rows > 1
        ? `take at most ${rows - 1} neighbours, collect or generate rows, or use oversample`
        : "collect or generate rows, or use oversample";
    throw new RangeError(
      `${caller}: a class to grow needs more rows than neighbours; ${name} ` +
        `has ${rows} ${rows === 1 ? "row" : "rows"} for ${neighbours} neighbours; ${mend}`,
    );
  }
}
