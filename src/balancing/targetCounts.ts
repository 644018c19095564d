import { className, type ClassNames } from "./classRows.js";

/**
 * How many rows each class shall have. "auto": as many as the commonest class (over-sampling) or the rarest
 * (under-sampling); a number: the rarer class over the commoner, with two classes only; an object: counts by class
 * code, the others stay as they are. Meanings as imbalanced-learn's `sampling_strategy`.
 */
export type Target = "auto" | number | Readonly<Record<number, number>>;

/**
 * Counts after resampling, by class code; classes without rows stay without.
 *
 * @param counts     rows of each class now
 * @param direction  "over" may only add rows, "under" only take away
 * @throws RangeError if a ratio is given for more than two classes, is not in (0, 1] or asks for the wrong
 *   direction; or a count is none, or goes the wrong way
 */
export function targetCounts(
  caller: string,
  counts: readonly number[],
  target: Target,
  direction: "over" | "under",
  names: ClassNames = {},
): number[] {
  const present = counts.filter((count) => count > 0);
  const [least, most] = [Math.min(...present), Math.max(...present)];
  if (target === "auto") return counts.map((count) => (count === 0 ? 0 : direction === "over" ? most : least));
  if (typeof target === "number") {
    if (present.length !== 2)
      throw new RangeError(
        `${caller}: a ratio needs exactly two classes; ` +
          `got ${present.length}; give a count per class, { 0: 500, 1: 500 }`,
      );
    if (!(target > 0 && target <= 1)) throw new RangeError(`${caller}: the ratio must lie in (0, 1]; got ${target}`);
    if (target < least / most)
      throw new RangeError(
        `${caller}: the ratio must be at least the present ${Number((least / most).toPrecision(4))}; ` +
          `got ${target}; leave the rows as they are`,
      );
    const rarer = counts.indexOf(least);
    return counts.map((count, label) =>
      count === 0
        ? 0
        : direction === "over"
          ? label === rarer
            ? Math.floor(target * most)
            : count
          : label === rarer
            ? count
            : Math.floor(least / target),
    );
  }
  const asked = [...counts];
  for (const [code, count] of Object.entries(target)) {
    const label = Number(code);
    const name = className(label, names);
    if (!(counts[label] > 0))
      throw new RangeError(`${caller}: counts may be asked of classes that have rows; ${name} has none`);
    if (!(Number.isInteger(count) && count >= 1))
      throw new RangeError(`${caller}: the count of ${name} must be a whole number from 1; got ${count}`);
    if (direction === "over" && count < counts[label])
      throw new RangeError(
        `${caller}: over-sampling only adds rows, and ${name} has ${counts[label]}; ` +
          `got ${count}; ask for at least that many, or use undersample`,
      );
    if (direction === "under" && count > counts[label])
      throw new RangeError(
        `${caller}: under-sampling only takes rows away, and ${name} has ${counts[label]}; ` +
          `got ${count}; ask for at most that many, or use oversample`,
      );
    asked[label] = count;
  }
  return asked;
}
