import type { Fold } from "../../core/Fold.js";
import { seededRandom } from "../../core/random/Random.js";
import type { TrialEnd } from "../../tuning/Trial.js";
import type { StudyTrial } from "../../tuning/workers/StudyObjective.js";
import type { FoldSearch } from "../search/searchFolds.js";

/**
 * Mean loss of a trial over the test rows of folds. The mean of each fold is reported after it, so that a trial may be
 * stopped there, and kept, so that a killed one goes on with the next. A setting learns by the same random numbers
 * whenever it is tried.
 */
export async function foldByFold(
  { parameters, kept, keep, report }: Pick<StudyTrial, "parameters" | "kept" | "keep" | "report">,
  { lossesOf }: Pick<FoldSearch, "lossesOf">,
  folds: readonly Fold[],
  seed: number,
): Promise<number | TrialEnd> {
  let { done, sum, rows }: Course = kept === null ? { done: 0, sum: 0, rows: 0 } : courseOf(kept);
  while (done < folds.length) {
    const losses = await lossesOf(parameters, folds[done], seededRandom(seed).fork("fold").fork(folds[done].name));
    const own = losses.reduce((a, b) => a + b, 0);
    done++;
    sum += own;
    rows += losses.length;
    if (report(done, own / losses.length) && done < folds.length)
      return { state: "pruned", reason: `stopped after fold ${done} of ${folds.length}` };
    await keep(new TextEncoder().encode(JSON.stringify({ done, sum, rows })));
  }
  return sum / rows;
}

/** How far a trial has come. */
interface Course {
  /** Folds. */
  readonly done: number;
  /** Of the losses of their test rows. */
  readonly sum: number;
  readonly rows: number;
}

function courseOf(kept: Uint8Array): Course {
  return JSON.parse(new TextDecoder().decode(kept)) as Course;
}
