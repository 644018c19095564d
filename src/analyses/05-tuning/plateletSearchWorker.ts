import type { Matrix } from "../../core/Matrix.js";
import { answerJobs } from "../../core/threads/answerJobs.js";
import { plateletSearch } from "../../problems/platelets/plateletSearch.js";
import { carryOutSearch, type SearchJob, type SearchOutcome } from "../../problems/search/nestedSearch.js";
import type { FoldSearchOptions } from "../../problems/search/searchFolds.js";

/** What each thread gets at its start. */
export interface PlateletSearchTask {
  readonly features: Matrix;
  readonly truth: Float64Array;
}

/** One search, with what it draws from. */
export interface PlateletSearchJob extends SearchJob {
  readonly options: Omit<FoldSearchOptions, "sampler">;
}

answerJobs<PlateletSearchTask, PlateletSearchJob, SearchOutcome>((task) => {
  const search = plateletSearch(task);
  return Promise.resolve(({ options, ...job }) => carryOutSearch(search, job, options));
});
