import { normalQuantile } from "../../core/statistics/normalQuantile.js";
import { inRowOrder, type PlacedSample, pooled } from "./SortedSample.js";

/**
 * Normal scores: of each number, the normal quantile of its place among all of both samples (van der Waerden). Ties
 * share a place. One wild value moves a mean of scores no further than any other largest one.
 *
 * @returns by row, those of the reference first
 * @see van der Waerden 1952, Indagationes Mathematicae 14, 453-458
 */
export function normalScores(reference: PlacedSample, current: PlacedSample): Float64Array {
  const scores = scoresInOrder(reference.sorted, current.sorted);
  return pooled(inRowOrder(scores.reference, reference), inRowOrder(scores.current, current));
}

/** One walk through both samples, from one number of the current one to the next. */
function scoresInOrder(
  there: Float64Array,
  here: Float64Array,
): { readonly reference: Float64Array; readonly current: Float64Array } {
  const [m, n] = [there.length, here.length];
  const known = knownScores(m + n);
  const [reference, current] = [new Float64Array(m), new Float64Array(n)];
  // Of a run of ties: half the sum of its first place and the one behind its last, counted from 1.
  const scoreOf = (places: number): number => {
    if (Number.isNaN(known[places])) known[places] = normalQuantile(places / 2 / (m + n + 1));
    return known[places];
  };
  for (let i = 0, j = 0; i < m || j < n;) {
    const next = j < n ? here[j] : Infinity;
    while (i < m && there[i] < next) {
      const from = i;
      const value = there[i++];
      while (i < m && there[i] === value) i++;
      const score = scoreOf(from + i + 2 * j + 1);
      for (let at = from; at < i; at++) reference[at] = score;
    }
    const [fromThere, fromHere] = [i, j];
    while (i < m && there[i] === next) i++;
    while (j < n && here[j] === next) j++;
    if (j === fromHere) continue;
    const score = scoreOf(fromThere + fromHere + i + j + 1);
    reference.fill(score, fromThere, i);
    current.fill(score, fromHere, j);
  }
  return { reference, current };
}

/** Scores depend on sizes alone: those of one window serve the next, up to so many numbers. */
const mostKept = 2 ** 22;
const kept = new Map<number, Float64Array>();
let keptNumbers = 0;

function knownScores(rows: number): Float64Array {
  const before = kept.get(rows);
  if (before !== undefined) return before;
  const scores = new Float64Array(2 * rows + 1).fill(NaN);
  if (keptNumbers + scores.length > mostKept) {
    kept.clear();
    keptNumbers = 0;
  }
  if (scores.length <= mostKept) {
    kept.set(rows, scores);
    keptNumbers += scores.length;
  }
  return scores;
}
