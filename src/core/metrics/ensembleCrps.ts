/**
 * Continuous ranked probability score of forecasts by members: mean distance of the members from the truth, less half
 * their mean distance from each other. Smaller is better; in the unit of the target.
 *
 * @param truth    shape [n], finite
 * @param members  row-major, shape [n, members], finite
 * @param options.fair  false (default): the members are the whole forecast, each with equal probability. true: they are
 *   draws from it, and the score is what the forecast itself would
 *   get on average; it then needs two members, and can be negative
 * @returns one score per row; of their mean meanWithInterval gives the interval
 * @throws RangeError if there are no rows, members do not fill
 *   rows or are too few, or a number is not finite (row named)
 * @see Gneiting and Raftery 2007, doi:10.1198/016214506000001437, equation 20; Ferro 2014, doi:10.1002/qj.2270 (fair)
 */
export function ensembleCrps(
  truth: ArrayLike<number>,
  members: ArrayLike<number>,
  { fair = false }: { readonly fair?: boolean } = {},
): Float64Array {
  const n = truth.length;
  const m = members.length / n;
  if (!(n > 0 && Number.isInteger(m) && m >= (fair ? 2 : 1)))
    throw new RangeError(
      `ensembleCrps: at least one row with at least ${fair ? 2 : 1} ` +
        `members each is needed; got ${members.length} members for ${n} rows`,
    );
  return Float64Array.from({ length: n }, (_, row) => {
    const sorted = Float64Array.from({ length: m }, (_unused, i) => members[row * m + i]).sort();
    if (!(Number.isFinite(truth[row]) && sorted.every(Number.isFinite)))
      throw new RangeError(
        `ensembleCrps: numbers must be finite; row ${row} has truth ` +
          `${truth[row]} and members ${Array.from(sorted).join(", ")}`,
      );
    let [distance, spread] = [0, 0];
    sorted.forEach((member, i) => {
      distance += Math.abs(member - truth[row]) / m;
      // Sum over pairs of |a - b|: the i-th in order is above i others and below m - 1 - i.
      spread += (2 * i + 1 - m) * member;
    });
    return distance - spread / (m * (fair ? m - 1 : m));
  });
}
