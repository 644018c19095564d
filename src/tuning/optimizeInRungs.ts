import { InputError } from "../core/InputError.js";
import { checkCounts } from "./checkCounts.js";
import type { ParameterValues } from "./Parameter.js";
import { type AskedTrial, createStudy, type Study, type StudyOptions } from "./Study.js";
import type { TrialEnd } from "./Trial.js";

/** What a trial has reached at a rung: a value, or how it ended before. */
export type Reached = number | Exclude<TrialEnd, { readonly state: "complete" }>;

/**
 * Brings trials to a rung, from the start or from where they paused; answers in their order. They may run side by side:
 * none sees what another one of them finds.
 */
export type ReachRung = (
  trials: readonly { readonly number: number; readonly parameters: ParameterValues }[],
  rung: number,
) => Promise<readonly Reached[]>;

/** How many trials are carried out, and where they are compared. */
export interface RungOptions extends StudyOptions {
  /** How many trials (default 100). */
  readonly trials?: number;
  /** Steps at which the pruner is asked, whole numbers that rise; at the last one a trial is complete. */
  readonly rungs: readonly number[];
  readonly onTrials?: (done: number, all: number, study: Study) => void;
}

/**
 * Carries out trials from rung to rung: as many at a time as the window lets run go to a rung together, and those that
 * the pruner keeps go on from there. The study is the one that `optimize` makes of trials which report at these steps.
 *
 * @throws InputError as createStudy, and if the rungs do not rise; RangeError if trials is no whole number; what
 *   `reach` throws
 */
export async function optimizeInRungs(
  reach: ReachRung,
  { trials = 100, rungs, onTrials = () => undefined, ...options }: RungOptions,
): Promise<Study> {
  if (rungs.length === 0 || rungs.some((rung, i) => !Number.isSafeInteger(rung) || rung <= (rungs[i - 1] ?? 0)))
    throw new InputError({
      where: "optimizeInRungs",
      must: "rungs must be whole numbers above 0 that rise",
      got: `[${rungs.join(", ")}]`,
      mend: "write for example [3, 9, 27]",
    });
  checkCounts("optimizeInRungs", 0, { trials });
  const { window = 0 } = options;
  const study = createStudy(options);
  while (study.trials.length < trials) {
    let going: readonly AskedTrial[] = askedTogether(study, Math.min(window + 1, trials - study.trials.length));
    for (const rung of rungs) {
      if (going.length === 0) break;
      const reached = await reach(going, rung);
      going = going.filter((trial, i) => {
        const end = endAt(trial, rung, reached[i], rung === rungs.at(-1));
        if (end !== null) study.tell(trial.number, end);
        return end === null;
      });
    }
    onTrials(study.trials.length, trials, study);
  }
  return study;
}

function askedTogether(study: Study, most: number): AskedTrial[] {
  const asked: AskedTrial[] = [];
  while (asked.length < most && study.canAsk()) asked.push(study.ask());
  return asked;
}

/** How a trial ends at a rung; null where it goes on. */
function endAt(trial: AskedTrial, rung: number, reached: Reached, isLast: boolean): TrialEnd | null {
  if (typeof reached !== "number") return reached;
  const stops = trial.report(rung, reached);
  if (isLast) return { state: "complete", values: [reached] };
  return stops ? { state: "pruned", reason: `stopped at ${rung}` } : null;
}
