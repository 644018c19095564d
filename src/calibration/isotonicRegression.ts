import { rowWeights } from "../core/statistics/rowWeights.js";
import type { Polyline } from "./Calibrator.js";

/**
 * Isotonic regression: the rising function that is closest to y in weighted squares. Rows of equal x are merged to
 * their mean first, then neighbours that fall are pooled until none does. Each pool is kept by its two ends; between
 * pools the function is linear, as in scikit-learn.
 *
 * @param x  finite, shape [n], n at least 1
 * @param y  finite, shape [n]
 * @param options.weights  one per row (default 1 each); rows of weight 0 do not count
 * @throws RangeError if lengths differ or a number is not finite (row named)
 * @see Barlow et al. 1972, Statistical Inference under Order Restrictions; Zadrozny and Elkan 2002,
 *   doi:10.1145/775047.775151
 */
export function isotonicRegression(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { weights }: { readonly weights?: ArrayLike<number> } = {},
): Polyline {
  const n = x.length;
  const weight = rowWeights(weights, n, "isotonicRegression");
  if (y.length !== n) throw new RangeError(`isotonicRegression: one y per x is needed; got ${y.length} for ${n}`);
  for (let row = 0; row < n; row++)
    if (!(Number.isFinite(x[row]) && Number.isFinite(y[row])))
      throw new RangeError(`isotonicRegression: numbers must be finite; row ${row} has x ${x[row]}, y ${y[row]}`);
  const order = Uint32Array.from({ length: n }, (_, row) => row)
    .filter((row) => weight[row] > 0)
    .sort((a, b) => x[a] - x[b]);
  const pools: Pool[] = [];
  for (const row of order) {
    const last = pools.at(-1);
    if (last !== undefined && last.to === x[row]) addTo(last, weight[row], weight[row] * y[row]);
    else pools.push({ from: x[row], to: x[row], weight: weight[row], sum: weight[row] * y[row] });
  }
  const rising: Pool[] = [];
  for (let pool of pools) {
    for (let last = rising.at(-1); last !== undefined && mean(last) >= mean(pool); last = rising.at(-1)) {
      pool = { from: last.from, to: pool.to, weight: last.weight + pool.weight, sum: last.sum + pool.sum };
      rising.pop();
    }
    rising.push(pool);
  }
  const ends = rising.flatMap((pool) =>
    (pool.from === pool.to ? [pool.from] : [pool.from, pool.to]).map((at) => ({ at, value: mean(pool) })),
  );
  return { at: ends.map(({ at }) => at), values: ends.map(({ value }) => value) };
}

interface Pool {
  readonly from: number;
  readonly to: number;
  weight: number;
  sum: number;
}

function addTo(pool: Pool, weight: number, sum: number): void {
  pool.weight += weight;
  pool.sum += sum;
}

function mean({ sum, weight }: Pool): number {
  return sum / weight;
}
