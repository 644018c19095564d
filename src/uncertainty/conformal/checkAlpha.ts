/**
 * Makes sure that the share of rows that may be missed is one.
 *
 * @param caller  function to name in the error
 * @throws RangeError unless 0 < alpha < 1
 */
export function checkAlpha(alpha: number, caller: string): void {
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(
      `${caller}: alpha, the share of rows that may be missed, must lie between 0 and 1; got ${alpha}; ` +
        "for 90 % coverage give 0.1",
    );
}
