import { seededRandom } from "../../core/random/Random.js";
import { workerPool } from "../../core/threads/workerPool.js";
import { readRealTable, realDataFolder } from "../../experiments/dataStore.js";
import { gatherFolds, type JudgedFold, type RivalAnswers } from "../rivals/judgeRivals.js";
import type { RealSplit } from "../rivals/realSplit.js";
import { scoreRivals, type SplitScores } from "../rivals/scoreRivals.js";
import { crystallisationProblem, crystallisationSplit, crystallisationSplits } from "./crystallisationProblem.js";
import { quickRivals } from "./scoreCandidates.js";

/** What every thread is given at its start. */
export interface CrystallisationSetting {
  /** Of real tables. */
  readonly folder: string;
  readonly seed: number;
  /** Names of the rivals that come. */
  readonly only: readonly string[];
}

/** One fold of a split. */
export interface CrystallisationJob {
  readonly split: (typeof crystallisationSplits)[number];
  readonly fold: number;
}

/** Which splits, by whom, and in how many threads. */
export interface JudgeCrystallisationOptions extends Partial<CrystallisationSetting> {
  /** Default all. */
  readonly splits?: readonly (typeof crystallisationSplits)[number][];
  /** Threads, each with a fold at a time: results do not depend on it (default 2). */
  readonly workers?: number;
  readonly onProgress?: (done: number, all: number) => void;
}

/** How rivals fared under one split. */
export interface JudgedCrystallisation {
  readonly split: RealSplit;
  readonly answers: RivalAnswers;
  readonly scores: SplitScores;
}

/**
 * Rivals for the score of crystallisations under every split, fold by fold in threads. All eight splits take minutes on
 * two cores, so a proof calls it. By default all rivals come but the Gaussian process, of which a fold takes some
 * twenty minutes.
 *
 * @throws InputError if the table is not imported, or was changed
 */
export async function judgeCrystallisation({
  folder = realDataFolder,
  seed = 1,
  splits: names = crystallisationSplits,
  only = quickRivals,
  workers = 2,
  onProgress = () => undefined,
}: JudgeCrystallisationOptions = {}): Promise<readonly JudgedCrystallisation[]> {
  const { table } = await readRealTable("crystallisation-campaigns", { folder });
  const problem = crystallisationProblem(table);
  const random = seededRandom(seed).fork(problem.id).fork("scores");
  const splits = names.map((name) => ({ name, split: crystallisationSplit(problem.rows, name) }));
  const jobs = splits.flatMap(({ name, split }) => [...split.folds.keys()].map((fold) => ({ split: name, fold })));
  const setting: CrystallisationSetting = { folder, seed, only };
  const pool = workerPool<CrystallisationJob, JudgedFold>(
    new URL("crystallisationWorker.ts", import.meta.url).href,
    Math.min(workers, jobs.length),
    setting,
  );
  let done = 0;
  try {
    const judged = await Promise.all(
      jobs.map(async (job) => {
        const fold = await pool.run(job);
        onProgress(++done, jobs.length);
        return { job, fold };
      }),
    );
    return splits.map(({ name, split }) => {
      const answers = gatherFolds(judged.flatMap(({ job, fold }) => (job.split === name ? [fold] : [])));
      return { split, answers, scores: scoreRivals(problem, split, answers, random.fork(name)) };
    });
  } finally {
    await pool.close();
  }
}
