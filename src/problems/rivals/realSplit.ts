import type { Fold } from "../../core/Fold.js";
import { sha256 } from "../../io/sha256.js";

/** One way to leave rows out of a real table, fixed before anything is fitted. */
export interface RealSplit {
  /** As tables say it: "by recipe", "unseen antisolvent", "later date". */
  readonly name: string;
  /** A row may be tested never, and is tested at most once. */
  readonly folds: readonly Fold[];
  /** What each row counts with as one witness in intervals. */
  readonly groups: readonly string[];
  /** What such a group is: "recipe". */
  readonly unit: string;
  /** Rows that stay together where rivals are chosen among training rows: the choice should be as hard as the test. */
  readonly chosenBy: readonly string[];
  /** SHA-256 of all row indices of all folds, in hex. */
  readonly sha256: string;
  /** Why it says nothing; null where it does. */
  readonly reason: string | null;
}

/** What a split is made of. */
export interface RealSplitParts extends Pick<RealSplit, "name" | "folds" | "groups" | "unit"> {
  /** The groups, where left out. */
  readonly chosenBy?: readonly string[];
}

/**
 * A split with its hash.
 *
 * @throws RangeError if a row is tested twice, trained on and tested in one fold, or no row of the table
 */
export function realSplit({ name, folds, groups, unit, chosenBy = groups }: RealSplitParts): RealSplit {
  const tested = new Set<number>();
  for (const { name: fold, train, test } of folds) {
    const own = new Set(train);
    for (const row of [...train, ...test])
      if (row >= groups.length)
        throw new RangeError(`realSplit: rows must be below ${groups.length}; ${fold} of "${name}" has ${row}`);
    for (const row of test) {
      if (own.has(row)) throw new RangeError(`realSplit: ${fold} of "${name}" trains on row ${row} that it tests`);
      if (tested.has(row)) throw new RangeError(`realSplit: "${name}" must test a row once; it tests ${row} again`);
      tested.add(row);
    }
  }
  const parts = folds.map(({ name: fold, train, test }) => ({ fold, train: [...train], test: [...test] }));
  return { name, folds, groups, unit, chosenBy, sha256: sha256(JSON.stringify(parts)), reason: null };
}

/** A split that cannot be made of this table: nothing is judged, and the reason is told in its place. */
export function noSplit(name: string, reason: string): RealSplit {
  return { name, folds: [], groups: [], unit: "row", chosenBy: [], sha256: sha256("[]"), reason };
}
