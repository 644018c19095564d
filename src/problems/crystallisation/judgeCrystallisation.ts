import { workerPool } from "../../core/threads/workerPool.js";
import { realDataFolder } from "../../experiments/dataStore.js";
import type { SplitScores } from "../rivals/scoreRivals.js";
import { crystallisationSplits } from "./crystallisationProblem.js";
import { scoreRivals } from "./scoreCandidates.js";

/** What every thread is given at its start. */
export interface CrystallisationSetting {
  /** Of real tables. */
  readonly folder: string;
  readonly seed: number;
}

/** One split, judged by one thread. */
export interface CrystallisationJob {
  readonly split: (typeof crystallisationSplits)[number];
  readonly only: readonly string[];
}

/** Which splits, and by whom. */
export interface JudgeCrystallisationOptions extends Partial<CrystallisationSetting> {
  /** Default all. */
  readonly splits?: readonly (typeof crystallisationSplits)[number][];
  /** Names of rivals (default all but the Gaussian process, which takes minutes for each fit and its answers). */
  readonly only?: readonly string[];
  /** Threads, each with a split of its own: results do not depend on it (default 2). */
  readonly workers?: number;
  readonly onProgress?: (split: string, done: number, all: number) => void;
}

/**
 * All rivals for the score of crystallisations under every split, by whole splits in threads: minutes on two cores, so
 * a proof calls it. A split that says nothing of the table is an error here, as the table is the published one.
 *
 * @throws InputError if the table is not imported, or was changed
 */
export async function judgeCrystallisation({
  folder = realDataFolder,
  seed = 1,
  splits = crystallisationSplits,
  only = Object.values(scoreRivals).filter((name) => name !== scoreRivals.process),
  workers = 2,
  onProgress = () => undefined,
}: JudgeCrystallisationOptions = {}): Promise<readonly SplitScores[]> {
  const setting: CrystallisationSetting = { folder, seed };
  const module = new URL("crystallisationWorker.ts", import.meta.url).href;
  const pool = workerPool<CrystallisationJob, SplitScores>(module, workers, setting);
  let done = 0;
  try {
    return await Promise.all(
      splits.map(async (split) => {
        const scores = await pool.run({ split, only });
        onProgress(split, ++done, splits.length);
        return scores;
      }),
    );
  } finally {
    await pool.close();
  }
}
