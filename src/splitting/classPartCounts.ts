import { largestRemainder } from "../core/statistics/largestRemainder.js";

/** Room for rounding of class size times share. */
const roundingError = 1e-9;

/**
 * How many rows of each class each part gets: the parts take their rows one after the other, each by largest remainder
 * over the rows that are left. Roundings of several parts can add up in one class; rows are then exchanged between two
 * classes and two parts until every count is within one row of class size times share.
 *
 * @param classCounts  rows per class, shape [k]
 * @param shares       share of each part, sum 1, shape [p]
 * @returns counts[part][class]; rows sum to part sizes (largest remainder of the shares), columns to class sizes
 */
export function classPartCounts(
  classCounts: readonly number[],
  shares: readonly number[],
): readonly (readonly number[])[] {
  const left = [...classCounts];
  const sizes = largestRemainder(
    shares,
    classCounts.reduce((a, b) => a + b, 0),
  );
  const counts = Array.from(sizes, (size) => {
    const taken = [...largestRemainder(left, size)];
    taken.forEach((rows, i) => (left[i] -= rows));
    return taken;
  });
  for (
    let exchange = bestExchange(counts, classCounts, shares);
    exchange !== null;
    exchange = bestExchange(counts, classCounts, shares)
  ) {
    for (const { part, one, rows } of exchange) counts[part][one] += rows;
  }
  return counts;
}

/** Rows that a count of a part and class changes by. */
interface Change {
  readonly part: number;
  readonly one: number;
  readonly rows: number;
}

/** The exchange that brings counts closest to within one row of their shares; null where none helps. */
function bestExchange(
  counts: readonly (readonly number[])[],
  classCounts: readonly number[],
  shares: readonly number[],
): readonly Change[] | null {
  const beyond = ({ part, one, rows }: Change): number =>
    Math.max(0, Math.abs(counts[part][one] + rows - classCounts[one] * shares[part]) - 1 - roundingError);
  let best: { readonly gain: number; readonly changes: readonly Change[] } | null = null;
  for (const [part, ofPart] of counts.entries()) {
    for (const [one, count] of ofPart.entries()) {
      if (beyond({ part, one, rows: 0 }) === 0) continue;
      const rows = count > classCounts[one] * shares[part] ? -1 : 1;
      for (const [otherPart] of counts.entries()) {
        for (const [other] of classCounts.entries()) {
          if (otherPart === part || other === one || shares[otherPart] === 0) continue;
          const changes = [
            { part, one, rows },
            { part: otherPart, one, rows: -rows },
            { part, one: other, rows: -rows },
            { part: otherPart, one: other, rows },
          ];
          if (changes.some((change) => counts[change.part][change.one] + change.rows < 0)) continue;
          const gain = changes.reduce((sum, change) => sum + beyond({ ...change, rows: 0 }) - beyond(change), 0);
          if (gain > roundingError && gain > (best?.gain ?? 0)) best = { gain, changes };
        }
      }
    }
  }
  return best?.changes ?? null;
}
