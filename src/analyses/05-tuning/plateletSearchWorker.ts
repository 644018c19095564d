import type { Matrix } from "../../core/Matrix.js";
import { answerJobs } from "../../core/threads/answerJobs.js";
import { plateletSearch } from "../../problems/platelets/plateletSearch.js";
import { carryOutSearch, type SearchJob, type SearchOutcome } from "../../problems/search/nestedSearch.js";

/** What each thread gets at its start. */
export interface PlateletSearchTask {
  readonly features: Matrix;
  readonly truth: Float64Array;
}

/** A search that is made several times from the same rows, each time from another seed. */
export interface PlateletSearchJob extends SearchJob {
  readonly seeds: readonly number[];
  /** Of each. */
  readonly trials: number;
}

answerJobs<PlateletSearchTask, PlateletSearchJob, readonly SearchOutcome[]>((task) => {
  const search = plateletSearch(task);
  return Promise.resolve(async ({ seeds, trials, ...job }) => {
    const outcomes: SearchOutcome[] = [];
    for (const seed of seeds) outcomes.push(await carryOutSearch(search, job, { seed, trials }));
    return outcomes;
  });
});
