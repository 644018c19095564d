import { checkCounts } from "./checkCounts.js";
import { checkWorkers } from "./checkWorkers.js";
import { endOf, failedBy } from "./endOf.js";
import { type AskedTrial, createStudy, type Study, type StudyOptions } from "./Study.js";
import type { TrialEnd } from "./Trial.js";

/** What a trial is worth: a value, one per objective, or how it ended. */
export type Objective = (trial: AskedTrial) => number | TrialEnd | Promise<number | TrialEnd>;

/** How many trials are carried out, and how many at a time. */
export interface OptimizeOptions extends StudyOptions {
  /** How many trials (default 100). */
  readonly trials?: number;
  /** At a time, at most one more than the window (default 1): the study is the same whatever it is. */
  readonly workers?: number;
  /** After which a trial has failed (default never): the one outcome that depends on the clock. */
  readonly timeoutMilliseconds?: number;
  readonly onTrial?: (done: number, all: number, study: Study) => void;
}

/**
 * Carries out trials of an objective in this thread. One that throws, or is no number, has failed, and the study goes
 * on.
 *
 * @example
 * ```ts
 * import { optimize } from "cspbbr3-twin";
 *
 * const study = await optimize(({ parameters }) => (Number(parameters.x) - 1) ** 2, {
 *   seed: 1,
 *   trials: 50,
 *   space: { x: { kind: "float", low: -5, high: 5 } },
 * });
 * console.log(study.trials.length, Number(study.best()!.parameters.x).toFixed(1));
 * // 50 1.0
 * ```
 *
 * @throws InputError as createStudy, and if more workers are asked for than the window lets run; RangeError if trials
 *   is no whole number
 */
export async function optimize(
  objective: Objective,
  { trials = 100, workers = 1, timeoutMilliseconds, onTrial = () => undefined, ...options }: OptimizeOptions,
): Promise<Study> {
  const { window = 0 } = options;
  checkCounts("optimize", 0, { trials });
  checkWorkers(workers, window, "optimize");
  const study = createStudy(options);
  const running = new Set<Promise<void>>();
  let done = 0;
  const carryOut = async (trial: AskedTrial): Promise<void> => {
    study.tell(trial.number, await carriedOut(objective, trial, timeoutMilliseconds));
    onTrial(++done, trials, study);
  };
  while (study.trials.length < trials || running.size > 0) {
    while (study.trials.length < trials && running.size < workers && study.canAsk()) {
      const one: Promise<void> = carryOut(study.ask()).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.race(running);
  }
  return study;
}

async function carriedOut(objective: Objective, trial: AskedTrial, limit: number | undefined): Promise<TrialEnd> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<TrialEnd>((resolve) => {
    if (limit !== undefined) timer = setTimeout(() => resolve(failedBy(`it took longer than ${limit} ms`)), limit);
  });
  try {
    return endOf(await Promise.race([late, objective(trial)]));
  } catch (error) {
    return failedBy(error);
  } finally {
    clearTimeout(timer);
  }
}
