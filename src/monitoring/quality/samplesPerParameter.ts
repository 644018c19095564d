/** Whether a table feeds a model of a given size. */
export interface SamplesPerParameter {
  readonly parameters: number;
  /** Rows of the training part per parameter. */
  readonly value: number;
  readonly trainRows: number;
  /** What it should be at least. */
  readonly wanted: number;
  readonly enough: boolean;
}

/**
 * Training rows per parameter of a model.
 *
 * @param parameters  numbers that the model learns, a whole number of at least 1
 * @param options.trainShare  share of the rows that will train (default 0.6)
 * @param options.wanted      rows per parameter to ask for (default 10)
 * @throws RangeError if parameters is not as stated
 */
export function samplesPerParameter(
  rows: number,
  parameters: number,
  { trainShare = 0.6, wanted = 10 }: { readonly trainShare?: number; readonly wanted?: number } = {},
): SamplesPerParameter {
  if (!(Number.isInteger(parameters) && parameters >= 1))
    throw new RangeError(`samplesPerParameter: parameters must be a whole number of at least 1; got ${parameters}`);
  const trainRows = Math.floor(rows * trainShare + 1e-9);
  return { parameters, value: trainRows / parameters, trainRows, wanted, enough: trainRows >= wanted * parameters };
}
