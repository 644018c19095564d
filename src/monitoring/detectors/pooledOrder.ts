import { type DifferenceOfMeans, fromMoments } from "./differenceOfMeans.js";
import { driftRoom } from "./driftProgram.js";
import type { NumberPair } from "./pooledGroups.js";

/** How the numbers of two samples lie in one order. */
export interface PooledOrder {
  /** Largest distance of the distribution functions times both sizes, as kolmogorovSteps. */
  readonly steps: number;
  /** As sortedWasserstein. */
  readonly wasserstein: number;
  /** Normal scores of both samples, ascending. */
  readonly scores: NumberPair;
  /** As differenceOfMeans of the ascending numbers, each a group, and of their scores. */
  readonly means: { readonly numbers: DifferenceOfMeans; readonly scores: DifferenceOfMeans };
}

/**
 * Goes through two ascending samples once, in WebAssembly, for what the tests of level and shape need of their order.
 *
 * @param there,here  finite numbers, at least one each
 * @throws InputError if the program was not built
 */
export function pooledOrder(there: Float64Array, here: Float64Array): PooledOrder {
  const [m, n] = [there.length, here.length];
  const known = knownScores(m + n);
  const { program, buffer, at } = driftRoom(8 * m, 8 * n, 8 * (m + n), 8 * (m + n), 64);
  const [thereAt, hereAt, knownAt, scoresAt, out] = at;
  const view = (address: number, length: number): Float64Array => new Float64Array(buffer, address, length);
  view(thereAt, m).set(there);
  view(hereAt, n).set(here);
  view(knownAt, m + n).set(known);
  program.walk(thereAt, m, hereAt, n, knownAt, scoresAt, out);
  known.set(view(knownAt, m + n));
  const [steps, wasserstein] = view(out, 2);
  const scores = view(scoresAt, m + n).slice();
  program.moments(thereAt, m, hereAt, n, scoresAt, out);
  const found = view(out, 8);
  const meansOf = (lane: number): DifferenceOfMeans => {
    const [reference, current, within, around] = [0, 2, 4, 6].map((at) => found[at + lane]);
    return fromMoments({ reference, current, within, around }, m, n);
  };
  return {
    steps,
    wasserstein,
    scores: { reference: scores.subarray(0, m), current: scores.subarray(m) },
    means: { numbers: meansOf(0), scores: meansOf(1) },
  };
}

/** Scores depend on sizes alone: those of one window serve the next, up to so many numbers. */
const mostKept = 2 ** 22;
const kept = new Map<number, Float64Array>();
let keptNumbers = 0;

/** By place, from 0; NaN where none was asked for yet. */
function knownScores(rows: number): Float64Array {
  const before = kept.get(rows);
  if (before !== undefined) return before;
  const scores = new Float64Array(rows).fill(NaN);
  if (keptNumbers + rows > mostKept) {
    kept.clear();
    keptNumbers = 0;
  }
  if (rows <= mostKept) {
    kept.set(rows, scores);
    keptNumbers += rows;
  }
  return scores;
}
