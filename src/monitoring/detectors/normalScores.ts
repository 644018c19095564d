import type { NumberPair } from "./pooledGroups.js";
import { pooledOrder } from "./pooledOrder.js";
import { inRowOrder, type PlacedSample } from "./SortedSample.js";

/**
 * Normal scores: of each number, the normal quantile of its place among all of both samples (van der Waerden). Ties
 * share a place. One wild value moves a mean of scores no further than any other largest one.
 *
 * @param scores  of the samples in ascending order, where pooledOrder gave them before
 * @returns by row
 * @see van der Waerden 1952, Indagationes Mathematicae 14, 453-458
 */
export function normalScores(
  reference: PlacedSample,
  current: PlacedSample,
  scores: NumberPair = pooledOrder(reference.sorted, current.sorted).scores,
): NumberPair {
  return { reference: inRowOrder(scores.reference, reference), current: inRowOrder(scores.current, current) };
}
