import { InputError } from "../../../core/InputError.js";
import { groupedDigits } from "../../../core/groupedDigits.js";

/** Rows of an exact Gaussian process: time grows with their cube, memory with their square. */
const mostRows = 2000;

/**
 * @param where  function or target that the message names
 * @throws InputError if there are more rows than an exact Gaussian process takes
 */
export function checkProcessRows(rows: number, where: string): void {
  if (rows > mostRows)
    throw new InputError({
      where,
      must: `an exact Gaussian process takes at most ${groupedDigits(mostRows)} rows`,
      got: groupedDigits(rows),
      mend: "draw some of them, or train a forest or a network",
    });
}
