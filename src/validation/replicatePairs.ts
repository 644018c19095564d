import { InputError } from "../core/InputError.js";
import { groupCodes } from "../core/statistics/groupCodes.js";
import type { ResamplingOptions } from "../core/statistics/checkResampling.js";

/** Which rows repeat one another, and over what their agreement is uncertain. */
export interface ReplicateOptions extends ResamplingOptions {
  /**
   * Plate, laboratory or date of each row, shape [n]: only replicates that differ in it make a pair (default: each row
   * is its own, so that all replicates do). What rows of one plate share, a model for another plate cannot know.
   */
  readonly apart?: readonly (string | number)[];
  /** Independent group of each row, shape [n] (default: the recipe). Where plates hold many recipes, give the plate. */
  readonly groups?: readonly (string | number)[];
}

/** Rows that have a replicate, each in its cell: the rows of one recipe that make no pair with one another. */
export interface ReplicatePairs {
  /** Row indices, ascending. */
  readonly rows: Uint32Array;
  /** Recipe of each of them, 0..sets-1. */
  readonly sets: Uint32Array;
  /** Cell of each of them, 0..cells-1. */
  readonly cells: Uint32Array;
  /** Recipe of each cell. */
  readonly setOfCell: Uint32Array;
  /** Group of each of them. */
  readonly groups: readonly (string | number)[];
  /** Pairs of rows. */
  readonly pairs: number;
}

/**
 * Finds the rows that have a replicate.
 *
 * @param recipes  what a row repeats, shape [n]; rows of one recipe are replicates; "" repeats nothing
 * @param where    function to name in the error
 * @throws InputError if lists are not one per row
 */
export function replicatePairs(
  recipes: readonly (string | number)[],
  { apart, groups }: Pick<ReplicateOptions, "apart" | "groups">,
  where: string,
): ReplicatePairs {
  for (const [name, given] of Object.entries({ apart, groups }))
    if (given !== undefined && given.length !== recipes.length)
      throw new InputError({
        where,
        must: `${name} must be one per row, ${recipes.length}`,
        got: String(given.length),
        mend: "give one for every row of the recipes, in their order",
      });
  const { codes, groups: count } = groupCodes(recipes);
  const places = apart === undefined ? Uint32Array.from(recipes.keys()) : groupCodes(apart).codes;
  const cellCodes = groupCodes(Array.from(codes, (code, row) => `${code} ${places[row]}`)).codes;
  const [rowsOfSet, rowsOfCell] = [new Uint32Array(count), new Uint32Array(recipes.length)];
  codes.forEach((code, row) => {
    if (recipes[row] === "") return;
    rowsOfSet[code]++;
    rowsOfCell[cellCodes[row]]++;
  });
  const rows = Uint32Array.from(recipes.keys()).filter(
    (row) => recipes[row] !== "" && rowsOfSet[codes[row]] > rowsOfCell[cellCodes[row]],
  );
  const sets = groupCodes(Array.from(rows, (row) => codes[row])).codes;
  const cells = groupCodes(Array.from(rows, (row) => cellCodes[row])).codes;
  const setOfCell = new Uint32Array(rows.length === 0 ? 0 : Math.max(...cells) + 1);
  cells.forEach((cell, i) => (setOfCell[cell] = sets[i]));
  let twice = 0;
  for (const row of rows) twice += rowsOfSet[codes[row]] - rowsOfCell[cellCodes[row]];
  return {
    rows,
    sets,
    cells,
    setOfCell,
    groups: Array.from(rows, (row) => (groups ?? recipes)[row]),
    pairs: twice / 2,
  };
}

/** Why nothing can be said, where no row has a replicate. */
export function noReplicates(rows: number, apart: ReplicateOptions["apart"], unit: string): string {
  return apart === undefined
    ? `no two of ${rows} rows repeat one recipe: measure some recipes twice`
    : `no two of ${rows} rows repeat one recipe on another ${unit}: measure some recipes again there`;
}
