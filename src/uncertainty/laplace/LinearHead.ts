/** The last, linear layer of a network; what training's trunkAndHead gives. */
export interface LinearHead {
  /** Row-major, shape [units, outputs]. */
  readonly weights: ArrayLike<number>;
  /** One per output. */
  readonly biases: ArrayLike<number>;
}

/**
 * Number of rows of hidden units that fit a head.
 *
 * @throws RangeError if there are none, the length is no multiple of the units, or a number is not finite (row named)
 */
export function hiddenRows(hidden: ArrayLike<number>, { weights, biases }: LinearHead, caller: string): number {
  const units = weights.length / biases.length;
  const rows = hidden.length / units;
  if (!(biases.length > 0 && Number.isInteger(units) && units > 0))
    throw new RangeError(
      `${caller}: the head must have one weight per unit and output; ` +
        `got ${weights.length} weights for ${biases.length} outputs`,
    );
  if (!(Number.isInteger(rows) && rows > 0))
    throw new RangeError(
      `${caller}: hidden units must be row-major, ${units} to a row, of at least one row; got ${hidden.length}`,
    );
  for (let i = 0; i < hidden.length; i++)
    if (!Number.isFinite(hidden[i]))
      throw new RangeError(
        `${caller}: hidden units must be finite; row ${Math.floor(i / units)}, unit ${i % units} has ${hidden[i]}`,
      );
  return rows;
}

/** What the head makes of hidden units, row-major, shape [rows, outputs]. */
export function headOutputs(hidden: ArrayLike<number>, { weights, biases }: LinearHead): Float64Array {
  const outputs = biases.length;
  const units = weights.length / outputs;
  const rows = hidden.length / units;
  const values = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < outputs; k++) {
      let sum = biases[k];
      for (let i = 0; i < units; i++) sum += hidden[row * units + i] * weights[i * outputs + k];
      values[row * outputs + k] = sum;
    }
  }
  return values;
}
