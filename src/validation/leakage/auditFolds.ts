import type { Fold } from "../../core/Fold.js";
import { nearEqualLevels } from "../../core/nearEqualLevels.js";
import { tidyText } from "../../core/tidyText.js";

/** A fold with the rows of every fit that was made for it, by name: those that calibrate, choose or balance too. */
export interface AuditedFold extends Fold {
  readonly fits?: Readonly<Record<string, ArrayLike<number>>>;
}

/** A group of test rows that a fit has seen. */
export interface SeenGroup {
  readonly fold: string;
  /** "train", or the name of another fit. */
  readonly fit: string;
  readonly group: string;
  /** How the fit has it written, where not the same: "b12" for "B12". */
  readonly as: string;
  /** Rows of it in that fit. */
  readonly rows: number;
}

/** Whether no group of a test appears in any fit. */
export interface FoldAudit {
  readonly clean: boolean;
  readonly seen: readonly SeenGroup[];
  readonly folds: number;
  /** Fits that were looked at: `train` of each fold, and all others that were given. */
  readonly fits: number;
  /** Distinct groups that are tested. */
  readonly groups: number;
}

/**
 * Proves that no group of a test (paper, plate, laboratory) appears in any fit of its fold, or names those that do.
 * Groups that are written nearly alike count as one. Rows without a group ("") answer for themselves alone.
 *
 * @param folds   with the rows of every fit
 * @param groups  group of each row of the table, shape [n]
 * @throws RangeError if a row is not in the table
 *
 * @example
 * ```ts
 * import { auditFolds } from "cspbbr3-twin";
 *
 * const plates = ["p1", "p1", "p2", "p2", "p3"];
 * const fold = { name: "p1", train: Uint32Array.of(2, 3), test: Uint32Array.of(0, 1), fits: { calibrate: [1, 4] } };
 * const { clean, seen } = auditFolds([fold], plates);
 * console.log(clean, seen.map(({ fit, group, rows }) => `${fit} has ${rows} of ${group}`).join());
 * // false calibrate has 1 of p1
 * ```
 */
export function auditFolds(folds: readonly AuditedFold[], groups: readonly (string | number)[]): FoldAudit {
  const texts = groups.map((group) => tidyText(String(group)));
  const head = new Map<string, string>();
  for (const alike of nearEqualLevels(new Set(texts).values())) for (const text of alike) head.set(text, alike[0]);
  const keyOf = (row: number): string => (texts[row] === "" ? `row ${row}` : (head.get(texts[row]) ?? texts[row]));
  const seen: SeenGroup[] = [];
  const tested = new Set<string>();
  let fits = 0;
  for (const { name, train, test, fits: others = {} } of folds) {
    const own = new Map<string, string>();
    for (const row of inTable(test, `test of ${name}`)) own.set(keyOf(row), texts[row] || `row ${row}`);
    for (const key of own.keys()) tested.add(key);
    for (const [fit, rows] of [["train", train] as const, ...Object.entries(others)]) {
      fits++;
      const counts = new Map<string, number>();
      for (const row of inTable(rows, `${fit} of ${name}`)) {
        const key = keyOf(row);
        if (!own.has(key)) continue;
        const as = texts[row] || `row ${row}`;
        const found = `${key}\n${as}`;
        counts.set(found, (counts.get(found) ?? 0) + 1);
      }
      for (const [found, count] of counts) {
        const [key, as] = found.split("\n");
        seen.push({ fold: name, fit, group: own.get(key)!, as, rows: count });
      }
    }
  }
  return { clean: seen.length === 0, seen, folds: folds.length, fits, groups: tested.size };

  function inTable(rows: ArrayLike<number>, where: string): ArrayLike<number> & Iterable<number> {
    const all = Array.from(rows);
    const outside = all.find((row) => !(Number.isInteger(row) && row >= 0 && row < groups.length));
    if (outside !== undefined)
      throw new RangeError(`auditFolds: rows must be below ${groups.length}; ${where} has ${outside}`);
    return all;
  }
}
