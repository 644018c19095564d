/** Sums over the rows of each group, by name; each of shape [groups]. */
export type GroupedSums<Name extends string = string> = Readonly<Record<Name, Float64Array>>;

/**
 * Sums over the rows of each group (lab, batch, paper).
 *
 * Accuracy, recall, log loss, R² and RMSE of any draw of whole groups follow from such sums, without a look at rows:
 * groupedStatistic says how, groupedEstimate draws.
 *
 * @param codes           group of each row, an integer in 0..groups-1, shape [n]; groupCodes makes them of labels
 * @param terms           what a row adds to each sum, by name; 0 where it does not count
 * @param options.groups  how many there are (default: as many as the largest code says)
 * @returns sums in the order of rows, so that equal rows give equal bits
 * @throws RangeError if a code is no group
 *
 * @example
 * ```ts
 * import { groupedStatistic, groupedSums } from "cspbbr3-twin";
 *
 * const [labels, predicted] = [[0, 1, 1, 0], [0, 1, 0, 0]];
 * const isRight = (row: number) => labels[row] === predicted[row];
 * const sums = groupedSums([0, 0, 1, 1], { right: (row) => Number(isRight(row)), rows: () => 1 });
 * const accuracy = groupedStatistic(sums, ({ right, rows }) => right / rows);
 * console.log(accuracy(Uint32Array.of(0, 1)), "of both groups");
 * // 0.75 of both groups
 * console.log(accuracy(Uint32Array.of(1, 1)), "of the second, drawn twice");
 * // 0.5 of the second, drawn twice
 * ```
 */
export function groupedSums<Name extends string>(
  codes: ArrayLike<number>,
  terms: Readonly<Record<Name, (row: number) => number>>,
  { groups = largest(codes) + 1 }: { readonly groups?: number } = {},
): GroupedSums<Name> {
  for (let row = 0; row < codes.length; row++)
    if (!(Number.isInteger(codes[row]) && codes[row] >= 0 && codes[row] < groups))
      throw new RangeError(`groupedSums: a group must be an integer in 0..${groups - 1}; row ${row} has ${codes[row]}`);
  const sumOf = (term: (row: number) => number): Float64Array => {
    const sums = new Float64Array(groups);
    for (let row = 0; row < codes.length; row++) sums[codes[row]] += term(row);
    return sums;
  };
  const named = Object.entries<(row: number) => number>(terms).map(([name, term]) => [name, sumOf(term)] as const);
  return Object.fromEntries(named) as GroupedSums<Name>;
}

function largest(codes: ArrayLike<number>): number {
  let most = -1;
  for (let row = 0; row < codes.length; row++) most = Math.max(most, codes[row]);
  return most;
}
