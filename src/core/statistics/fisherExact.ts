/**
 * Fisher's exact test of two shares, two-sided: the probability of tables with the same margins that are no likelier
 * than this one.
 *
 * @param a,b  rows with and without what is counted, whole numbers
 * @returns in (0, 1]
 * @see Fisher 1935, doi:10.2307/2342435
 *
 * @example
 * ```ts
 * import { fisherExact } from "cspbbr3-twin";
 *
 * console.log(fisherExact([9, 41], [2, 48]).toFixed(4));
 * // 0.0511
 * ```
 */
export function fisherExact(a: readonly [number, number], b: readonly [number, number]): number {
  const [rowsA, rowsB] = [a[0] + a[1], b[0] + b[1]];
  const hits = a[0] + b[0];
  const [least, most] = [Math.max(0, hits - rowsB), Math.min(hits, rowsA)];
  // Each probability from the one before it, relative to the largest: nothing overflows, whatever the margins.
  const logs = new Float64Array(most - least + 1);
  for (let i = 1, k = least; i < logs.length; i++, k++)
    logs[i] = logs[i - 1] + Math.log(((hits - k) * (rowsA - k)) / ((k + 1) * (rowsB - hits + k + 1)));
  const top = logs.reduce((one, other) => Math.max(one, other));
  const likely = logs.map((log) => Math.exp(log - top));
  const limit = likely[a[0] - least] * (1 + 1e-7);
  let [sum, total] = [0, 0];
  for (const one of likely) {
    total += one;
    if (one <= limit) sum += one;
  }
  return Math.min(1, sum / total);
}
