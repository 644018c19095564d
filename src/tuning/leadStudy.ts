import { projectName } from "../io/projectPath.js";
import { dropProgress } from "../io/studies/keptProgress.js";
import type { WorkFolder } from "../io/studies/openWorkFolder.js";
import type { StudySettings } from "./files/StudySettings.js";
import { parseTrialLine, plainTrialLine } from "./files/trialLine.js";
import type { OpenTrial } from "./openTrial.js";
import { outcomeOf } from "./outcomeOf.js";
import type { Parameter } from "./Parameter.js";
import type { Study } from "./Study.js";
import type { TrialStep } from "./Trial.js";
import type { ObjectiveThreads } from "./workers/ObjectiveThreads.js";

/** A study that is being carried out. */
export interface Leading {
  readonly folder: string;
  readonly settings: StudySettings;
  readonly study: Study;
  readonly work: WorkFolder;
  readonly threads: ObjectiveThreads;
  readonly workers: number;
  readonly limit: () => number;
  readonly limitMilliseconds: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onTrial: (done: number, all: number, study: Study) => void;
}

/** Milliseconds between two looks at what others did, while there is nothing to do and when all workers are busy. */
const [shortest, longest] = [10, 250];

/**
 * Carries out trials, and takes those of other processes, until all have ended or the signal says to stop.
 *
 * @throws InputError if what came of a trial cannot be written, or what is kept is not what is proposed here
 */
export async function leadStudy(leading: Leading): Promise<void> {
  const { folder, study, work, workers, limit, signal, onTrial } = leading;
  const open = new Map<number, OpenTrial>();
  const running = new Map<number, Promise<void>>();
  let done = study.trials.length;
  let failure: { readonly error: unknown } | null = null;

  /** Takes what has ended, and asks for what may begin then. */
  const advance = async (): Promise<boolean> => {
    for (let isNew = false; ;) {
      while (study.trials.length < limit() && study.canAsk()) open.set(study.trials.length, study.ask());
      const before = done;
      for (const number of [...open.keys()]) {
        const line = await work.lineOf(number);
        if (line === null) continue;
        const { trial, named } = parseTrialLine(line, `${projectName(folder)}, trial ${number}`);
        study.restore(trial, named);
        open.delete(number);
        onTrial(++done, limit(), study);
      }
      if (done === before) return isNew;
      isNew = true;
    }
  };
  const carry = async (asked: OpenTrial): Promise<void> => {
    try {
      await carryOut(leading, asked);
    } catch (error) {
      failure ??= { error };
    } finally {
      running.delete(asked.number);
    }
  };
  for (let pause = shortest; failure === null && signal?.aborted !== true;) {
    await work.look();
    const isNew = await advance();
    if (open.size === 0) return;
    for (const [number, asked] of open) {
      if (running.size >= workers) break;
      if (!running.has(number) && (await work.claim(number))) running.set(number, carry(asked));
    }
    pause = isNew ? shortest : Math.min(longest, 1.5 * pause);
    await oneOf([...running.values()], running.size >= workers ? longest : pause, signal);
  }
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}

/** Carries a trial out, and says what came of it. */
async function carryOut(
  { folder, settings, study, work, threads, limitMilliseconds, signal }: Leading,
  asked: OpenTrial,
): Promise<void> {
  const { number } = asked;
  const { space, pruner, directions } = settings;
  let steps: TrialStep[] = [];
  const named: Record<string, Parameter> = {};
  const view = study.viewOf(number);
  const proposed = space === null ? asked.proposed : asked.parameters;
  try {
    const { parameters, end } = await threads.run(
      // Of a space without a pruner the values are all that the trial rests on.
      { folder, settings, view: space !== null && pruner === null ? { ...view, ended: [] } : view, proposed },
      {
        limitMilliseconds,
        onNote: (note) => {
          if ("steps" in note) steps = [...note.steps];
          else if ("step" in note) steps.push(note.step);
          else {
            named[note.name] = note.parameter;
            asked.suggest(note.name, note.parameter);
          }
        },
      },
    );
    const outcome = outcomeOf(end, steps, directions.length);
    const trial = { number, parameters: parameters ?? asked.parameters, outcome };
    await work.finish(number, plainTrialLine(trial, named));
  } catch (error) {
    // What runs when a study is stopped goes back to the queue.
    if (signal?.aborted === true) return;
    throw error;
  }
  await dropProgress(folder, number);
}

/** Waits for one of several, for some time, or for the signal. */
async function oneOf(works: readonly Promise<void>[], milliseconds: number, signal?: AbortSignal): Promise<void> {
  let done: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (done = resolve));
  const timer = setTimeout(done, milliseconds);
  signal?.addEventListener("abort", done, { once: true });
  await Promise.race([over, ...works]);
  clearTimeout(timer);
  signal?.removeEventListener("abort", done);
}
