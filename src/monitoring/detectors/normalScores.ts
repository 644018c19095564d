import { lowerBound } from "../../core/lowerBound.js";
import { normalQuantile } from "../../core/statistics/normalQuantile.js";

/**
 * Normal scores: of each number, the normal quantile of its place among all of them (van der Waerden). Ties share a
 * place. One wild value moves a mean of scores no further than any other largest one.
 *
 * @param values  finite numbers
 * @param sorted  the same, ascending
 * @see van der Waerden 1952, Indagationes Mathematicae 14, 453-458
 */
export function normalScores(values: Float64Array, sorted: Float64Array = values.slice().sort()): Float64Array {
  // Score of a run of ties, at the place of its first: a run is walked once, however many rows hold it.
  const known = new Float64Array(values.length).fill(NaN);
  return values.map((value) => {
    const from = lowerBound(sorted, value);
    if (!Number.isNaN(known[from])) return known[from];
    let to = from + 1;
    while (to < sorted.length && sorted[to] === value) to++;
    known[from] = normalQuantile((from + to + 1) / 2 / (sorted.length + 1));
    return known[from];
  });
}
