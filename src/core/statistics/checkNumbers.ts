import { InputError } from "../InputError.js";

/**
 * Makes sure that a sample has enough numbers, all of them finite.
 *
 * @param where  function to name in the error
 * @param least  numbers at least
 * @throws InputError otherwise (row named)
 */
export function checkNumbers(values: ArrayLike<number>, where: string, least: number): void {
  if (values.length < least)
    throw new InputError({
      where,
      must: `at least ${least} numbers are needed`,
      got: String(values.length),
      mend: "measure more, or report that it is not known",
    });
  for (let row = 0; row < values.length; row++)
    if (!Number.isFinite(values[row]))
      throw new InputError({
        where: `${where}, row ${row}`,
        must: "every number must be finite",
        got: String(values[row]),
        mend: "leave rows without a value out, and say how many",
      });
}

/** Both samples must have as many rows. */
export function checkPairs(first: ArrayLike<number>, second: ArrayLike<number>, where: string, least: number): void {
  checkNumbers(first, where, least);
  checkNumbers(second, where, least);
  if (first.length !== second.length)
    throw new InputError({
      where,
      must: "both must have one number per row",
      got: `${first.length} and ${second.length}`,
      mend: "keep the rows that both have",
    });
}
