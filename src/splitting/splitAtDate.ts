import { dayNumbers } from "../core/dayNumbers.js";
import type { Fold } from "../core/Fold.js";
import { InputError } from "../core/InputError.js";
import { checkEmbargo } from "./timeCuts.js";

/** Training rows of earlier days and test rows of later ones, with the rows that are in neither. */
export interface DatedFold extends Fold {
  /** Rows without a date. */
  readonly undated: Uint32Array;
  /** Rows that are too shortly before the first tested day. */
  readonly embargoed: Uint32Array;
}

/** Where a table is cut in time. */
export interface DateCut {
  /** First day that is tested, YYYY-MM-DD. */
  readonly from: string;
  /** Last day that is tested (default: no end). */
  readonly to?: string;
  /** Days before `from` that are not trained on either (default 0). */
  readonly embargo?: number;
}

/**
 * Splits a table forward in time at a date: rows before it train, rows from it on are tested, as a model in use meets
 * them. Rows without a date are in neither part and are named.
 *
 * @param dates  of each row, YYYY-MM-DD, "" where not known, shape [n]
 * @throws InputError if no row has a date, none is before the cut or none after it; RangeError if a text is no date
 *
 * @example
 * ```ts
 * import { splitAtDate } from "cspbbr3-twin";
 *
 * const dates = ["2024-06-21", "2024-06-21", "", "2024-07-01", "2025-01-15"];
 * const { name, train, test, undated } = splitAtDate(dates, { from: "2024-07-01" });
 * console.log(`${name}: train ${train.join(" ")}, test ${test.join(" ")}, undated ${undated.join(" ")}`);
 * // from 2024-07-01: train 0 1, test 3 4, undated 2
 * ```
 */
export function splitAtDate(dates: readonly string[], { from, to, embargo = 0 }: DateCut): DatedFold {
  checkEmbargo(embargo, "splitAtDate");
  const [first] = dayNumbers([from]);
  const last = to === undefined ? Infinity : dayNumbers([to])[0];
  const all = Uint32Array.from(dates.keys());
  const dated = all.filter((row) => dates[row] !== "");
  if (dated.length === 0)
    throw new InputError({
      where: "splitAtDate",
      must: "a split in time needs rows with a date",
      got: `${dates.length} rows without one`,
      mend: "take another split, and say that nothing is known of later rows",
    });
  const days = new Float64Array(dates.length).fill(Number.NaN);
  const known = dayNumbers(Array.from(dated, (row) => dates[row]));
  dated.forEach((row, i) => (days[row] = known[i]));
  const train = dated.filter((row) => days[row] < first - embargo);
  const test = dated.filter((row) => days[row] >= first && days[row] <= last);
  if (train.length === 0 || test.length === 0) {
    const sorted = Array.from(dated, (row) => dates[row]).sort();
    throw new InputError({
      where: "splitAtDate",
      must: `rows must stand on both sides of ${from}${embargo > 0 ? `, an embargo of ${embargo} days left out` : ""}`,
      got: `${train.length} rows to train on and ${test.length} to test, dated ${sorted[0]} to ${sorted.at(-1)!}`,
      mend: "cut at another date, or say that nothing is known of later rows",
    });
  }
  return {
    name: `from ${from}${to === undefined ? "" : ` to ${to}`}`,
    train,
    test,
    undated: all.filter((row) => dates[row] === ""),
    embargoed: dated.filter((row) => days[row] < first && days[row] >= first - embargo),
  };
}
