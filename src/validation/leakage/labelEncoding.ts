import { lowerBound } from "../../core/lowerBound.js";
import { type Column, isCategory } from "../../core/Table.js";

/** How far one column alone gives the label away, on rows that the guess was not made from. */
export interface LabelEncoding {
  /** Mean over classes of the share of rows that are guessed right, in [0, 1]. */
  readonly balancedAccuracy: number;
  /** Rows guessed right, of all guessed. */
  readonly hits: number;
  readonly trials: number;
}

/** Neighbours that vote on a number that training rows do not have. */
const neighbours = 5;

/**
 * Guesses the class of held-out rows from one column: for a category the most common class of its level among
 * training rows; for a number that of the training rows with the same value or, where they are fewer than five, of
 * the five nearest. Any one-to-one code of the label is guessed without error, however its values are arranged.
 *
 * @param codes  class of each row of the table
 * @param train    rows to learn from, at least one
 * @param heldOut  rows to guess, at least one
 */
export function labelEncoding(
  column: Column,
  codes: ArrayLike<number>,
  { train, heldOut }: { readonly train: Uint32Array; readonly heldOut: Uint32Array },
): LabelEncoding {
  const classes = [...train, ...heldOut].reduce((most, row) => Math.max(most, codes[row]), 0) + 1;
  const guess = isCategory(column)
    ? guessByLevel(column.codes, codes, train, classes)
    : guessByValue(column, codes, train, classes);
  const [right, all] = [new Uint32Array(classes), new Uint32Array(classes)];
  for (const row of heldOut) {
    all[codes[row]]++;
    if (guess(row) === codes[row]) right[codes[row]]++;
  }
  const recalls = Array.from(right, (hits, one) => hits / all[one]).filter((_, one) => all[one] > 0);
  return {
    balancedAccuracy: recalls.reduce((a, b) => a + b, 0) / recalls.length,
    hits: right.reduce((a, b) => a + b, 0),
    trials: heldOut.length,
  };
}

/** Of equals the first; an unseen level is guessed like a random row. */
function mostCommon(votes: Uint32Array): number {
  return votes.reduce((best, count, one) => (count > votes[best] ? one : best), 0);
}

function guessByLevel(
  levels: ArrayLike<number>,
  codes: ArrayLike<number>,
  train: Uint32Array,
  classes: number,
): (row: number) => number {
  const votes = new Map<number, Uint32Array>();
  const overall = new Uint32Array(classes);
  for (const row of train) {
    const ofLevel = votes.get(levels[row]) ?? new Uint32Array(classes);
    ofLevel[codes[row]]++;
    overall[codes[row]]++;
    votes.set(levels[row], ofLevel);
  }
  return (row) => mostCommon(votes.get(levels[row]) ?? overall);
}

function guessByValue(
  values: ArrayLike<number>,
  codes: ArrayLike<number>,
  train: Uint32Array,
  classes: number,
): (row: number) => number {
  const rows = train.filter((row) => !Number.isNaN(values[row])).sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(rows, (row) => values[row]);
  const missing = new Uint32Array(classes);
  for (const row of train) if (Number.isNaN(values[row])) missing[codes[row]]++;
  // A value that many rows have would be counted anew for each of them.
  const known = new Map<number, number>();
  return (row) => {
    const value = values[row];
    if (Number.isNaN(value) || sorted.length === 0) return mostCommon(missing);
    let guess = known.get(value);
    if (guess === undefined) {
      guess = guessNear(value);
      known.set(value, guess);
    }
    return guess;
  };

  function guessNear(value: number): number {
    let from = lowerBound(sorted, value);
    let to = from;
    while (to < sorted.length && sorted[to] === value) to++;
    while (to - from < neighbours && (from > 0 || to < sorted.length)) {
      const isBelowNearer = to >= sorted.length || (from > 0 && value - sorted[from - 1] <= sorted[to] - value);
      if (isBelowNearer) from--;
      else to++;
    }
    const votes = new Uint32Array(classes);
    for (let i = from; i < to; i++) votes[codes[rows[i]]]++;
    return mostCommon(votes);
  }
}
