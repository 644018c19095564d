import { isCategory, type Table } from "../core/Table.js";

/** Which columns the rows of a table leave out. */
export interface MissingPatterns {
  /** By row, a number for all rows that leave the same out; 0 where nothing is. */
  readonly patterns: Float64Array;
  /** Columns that rows of a pattern leave out, in the order of the table. */
  readonly columnsOf: (pattern: number) => readonly string[];
}

/** One bit for each column, in the whole numbers that a float64 holds. */
const mostColumns = 53;

/**
 * Columns that hold nothing, by row. Without a polar solvent there is no name of one: where its share is 0, an empty
 * name is not missing.
 *
 * @throws RangeError for a table of more than 53 columns
 */
export function missingPatterns(table: Table): MissingPatterns {
  const names = Object.keys(table.columns);
  if (names.length > mostColumns)
    throw new RangeError(`missingPatterns: a table of at most ${mostColumns} columns is needed; got ${names.length}`);
  const share = table.columns.polarSolventFraction as Table["columns"][string] | undefined;
  const polar = share === undefined || isCategory(share) ? null : share;
  const patterns = new Float64Array(table.numRows);
  names.forEach((name, place) => {
    const [column, bit] = [table.columns[name], 2 ** place];
    if (isCategory(column)) {
      const none = column.levels.indexOf("");
      const mayBeEmpty = name === "polarSolvent" ? polar : null;
      if (none < 0) return;
      for (let row = 0; row < patterns.length; row++)
        if (column.codes[row] === none && mayBeEmpty?.[row] !== 0) patterns[row] += bit;
    } else for (let row = 0; row < patterns.length; row++) if (Number.isNaN(column[row])) patterns[row] += bit;
  });
  return { patterns, columnsOf: (pattern) => names.filter((_, place) => Math.floor(pattern / 2 ** place) % 2 === 1) };
}
