import type { Fold } from "../../core/Fold.js";
import type { NestedFold } from "../../splitting/nestedFolds.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import type { Trial } from "../../tuning/Trial.js";
import { foldLosses, type FoldSearch, type FoldSearchOptions, searchFolds } from "./searchFolds.js";

/** One search: the folds that choose, and the fold, which none of them has seen, on which the choice is judged. */
export interface SearchJob {
  readonly choosing: readonly Fold[];
  /** Null: the choice is judged nowhere else. */
  readonly judging: Fold | null;
}

/** What one search chose, and its losses on the rows that chose and on those that judge: plain data. */
export interface SearchOutcome {
  readonly trials: readonly Trial[];
  readonly parameters: ParameterValues;
  /** Of the chosen setting on the rows that chose it, fold after fold. */
  readonly choosing: Float64Array;
  /** Of the chosen setting on the rows that judge; empty where there are none. */
  readonly judging: Float64Array;
}

/** Searches on the choosing folds alone, then learns the choice anew and judges it. */
export async function carryOutSearch(
  search: FoldSearch,
  { choosing, judging }: SearchJob,
  options: FoldSearchOptions,
): Promise<SearchOutcome> {
  const { trials, parameters, losses } = await searchFolds(search, choosing, options);
  return {
    trials,
    parameters,
    choosing: losses,
    judging: judging === null ? new Float64Array() : await foldLosses(search, parameters, [judging], options.seed),
  };
}

/**
 * The searches of a nested cross-validation: first one over all outer folds, whose own best value is the optimistic
 * estimate; then one within the training rows of each outer fold.
 *
 * @see Varma and Simon 2006, doi:10.1186/1471-2105-7-91
 */
export function nestedSearches(folds: readonly NestedFold[]): readonly SearchJob[] {
  return [
    { choosing: folds, judging: null },
    ...folds.map((fold): SearchJob => ({ choosing: fold.inner, judging: fold })),
  ];
}

/** Rows that the searches were handed, to be held against those that they must not see. */
export function rowsOfSearches(jobs: readonly SearchJob[]): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const { choosing, judging } of jobs)
    for (const { train, test } of judging === null ? choosing : [...choosing, judging])
      for (const part of [train, test]) for (const row of part) rows.add(row);
  return rows;
}
