import { join } from "node:path";
import { InputError } from "../core/InputError.js";
import { isBegun } from "../io/studies/isBegun.js";
import { dropAllProgress } from "../io/studies/keptProgress.js";
import { openWorkFolder } from "../io/studies/openWorkFolder.js";
import { writeAtomic } from "../io/writeAtomic.js";
import { beginStudy } from "./beginStudy.js";
import { checkWorkers } from "./checkWorkers.js";
import { type KeptStudy, keptStudy, studyText } from "./files/studyFile.js";
import type { StudySettings } from "./files/StudySettings.js";
import { goalOf } from "./goalOf.js";
import { keptObjective } from "./keptObjective.js";
import { leadStudy } from "./leadStudy.js";
import { readSettings, studyFiles } from "./readSettings.js";
import type { SamplerParts } from "./samplers/samplerOf.js";
import type { Study } from "./Study.js";
import { studyOf } from "./studyOf.js";
import type { StudyPlan } from "./StudyPlan.js";
import { startObjective } from "./workers/startObjective.js";
import type { ModuleObjective, OwnObjective } from "./workers/StudyObjective.js";

/** How a study is carried out, in part or to its end. */
export interface RunStudyOptions extends SamplerParts {
  /** Made if it is missing. Several processes, of several machines, may be at work in it. */
  readonly folder: string;
  /** What the study is; must be given to begin one (default: what the folder keeps). */
  readonly plan?: StudyPlan;
  /** Must be given to begin one (default: the module that the folder keeps). */
  readonly objective?: ModuleObjective | OwnObjective;
  /** All together, those done before included (default: as many as were asked for before, or 100). */
  readonly trials?: number;
  /** Of this process, at most one more than the window (default 1): the study is the same whatever it is. */
  readonly workers?: number;
  /** After which a trial has failed, the one outcome that depends on the clock (default: as it began, or never). */
  readonly timeoutMilliseconds?: number;
  /**
   * After which a process of another machine that was not seen to live has died, and its trials are done again (default
   * 30,000).
   */
  readonly staleMilliseconds?: number;
  /** Stops: trials that run are given back, and the promise is kept with what has ended. */
  readonly signal?: AbortSignal;
  /** Takes every trial that has ended, those of other processes too. */
  readonly onTrial?: (done: number, all: number, study: Study) => void;
  readonly onWarning?: (warning: string) => void;
}

/** What a run leaves. */
export interface StudyRun {
  /** Trials that have ended, up to the first one that has not. */
  readonly record: KeptStudy;
  readonly study: Study;
  /** Whether all trials have ended: then study.json stands. */
  readonly isComplete: boolean;
}

/**
 * Carries out a study in a folder: begins it, or goes on with it, alone or beside other processes. What has ended is on
 * the disk, whatever is killed; trials whose process died are done again, with the same values. Trials and outcomes are
 * the same for any number of workers and processes, as long as none times out and the objective is a pure function.
 *
 * @throws InputError if the folder keeps another study (what differs is named), is not writable or damaged, if more
 *   workers are asked for than the window lets run, or the objective cannot be loaded
 */
export async function runStudy({
  folder,
  plan,
  objective,
  trials,
  workers = 1,
  timeoutMilliseconds,
  staleMilliseconds,
  fit,
  signal,
  onTrial = () => undefined,
  onWarning = () => undefined,
}: RunStudyOptions): Promise<StudyRun> {
  checkRun({ trials, timeoutMilliseconds });
  const kept = (await isBegun(folder, studyFiles.settings, "a study")) ? await readSettings(folder) : null;
  const window = plan?.window ?? kept?.settings.window ?? 0;
  checkWorkers(workers, window, "runStudy");
  const threads = await startObjective(objective ?? keptObjective(folder, kept), workers);
  try {
    const { settings, run } = await beginStudy(folder, { kept, plan, threads, trials, timeoutMilliseconds, fit });
    const limitMilliseconds = timeoutMilliseconds ?? run.timeoutMilliseconds ?? undefined;
    const study = studyOf(settings, { fit });
    const work = await openWorkFolder(folder, { staleMilliseconds, onWarning });
    try {
      const goal = (): number => goalOf(run, work.notes());
      await work.look();
      if (trials !== undefined && trials > goal()) await work.note({ goal: trials });
      await leadStudy({
        ...{ folder, settings, study, work, threads, workers, limitMilliseconds, signal, onTrial },
        limit: () => trials ?? goal(),
      });
      const ended = endedFrom(study);
      const record = recordOf(study, settings, ended);
      const isComplete = ended >= (trials ?? goal());
      // One that leads fewer trials than others leaves it to them.
      if (isComplete && ended >= goal()) {
        await writeAtomic(join(folder, studyFiles.study), studyText(record));
        await dropAllProgress(folder, ended);
      }
      return { record, study, isComplete };
    } finally {
      await threads.close();
      await work.close();
    }
  } finally {
    await threads.close();
  }
}

/** Trials of a study that have ended, before the first one that has not. */
function endedFrom({ trials }: Study): number {
  const first = trials.findIndex(({ outcome }) => outcome === null);
  return first < 0 ? trials.length : first;
}

function recordOf(study: Study, settings: StudySettings, ended: number): KeptStudy {
  return keptStudy(settings, { parameters: study.parameters(), trials: study.trials.slice(0, ended) });
}

function checkRun({ trials, timeoutMilliseconds }: Pick<RunStudyOptions, "trials" | "timeoutMilliseconds">): void {
  const refuse = (must: string, got: number, mend: string): never => {
    throw new InputError({ where: "runStudy", must, got: String(got), mend });
  };
  if (trials !== undefined && !(Number.isSafeInteger(trials) && trials >= 1))
    refuse("trials must be a whole number, at least 1", trials, "give for example 100");
  if (timeoutMilliseconds !== undefined && !(timeoutMilliseconds > 0 && timeoutMilliseconds < 2 ** 31))
    refuse("a timeout must be some milliseconds, below 24 days", timeoutMilliseconds, "give for example 60000");
}
