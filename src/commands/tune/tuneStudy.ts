import { InputError } from "../../core/InputError.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { tunedProblems } from "../../problems/tuned/tunedProblems.js";
import { gaussianSurrogate } from "../../training/baselines/gaussian/gaussianSurrogate.js";
import { createStudy } from "../../tuning/Study.js";
import type { KeptStudy } from "../../tuning/files/studyFile.js";
import { isBegun } from "../../io/studies/isBegun.js";
import { readStudyFolder } from "../../tuning/readStudyFolder.js";
import { readSettings, studyFiles } from "../../tuning/readSettings.js";
import { runStudy } from "../../tuning/runStudy.js";
import type { StudyPlan } from "../../tuning/StudyPlan.js";
import { samplerOf } from "../../tuning/samplers/samplerOf.js";
import { type StudySummary, summarizeStudy } from "../../tuning/summarizeStudy.js";
import type { ModuleObjective } from "../../tuning/workers/StudyObjective.js";
import type { ProgressStream } from "../../workspace/notebooks/progressReport.js";
import { naming } from "./naming.js";
import { requireNewFile, writeJournal } from "./writeJournal.js";
import { studyWords } from "./studyWords.js";
import { requireStudyPage, writeStudyPage } from "./writeStudyPage.js";
import { studyProgress } from "./studyProgress.js";
import { type NewStudyOptions, tunePlan } from "./tunePlan.js";

/** What the verb `twin tune` takes. */
export interface TuneOptions extends Omit<NewStudyOptions, "objective"> {
  /** A problem of the house by its name, or the path of a module (default: the study in the folder is shown). */
  readonly objective?: string;
  /** Folder of the study (default: it is thrown away after it was shown). */
  readonly study?: string;
  /** Goes on with the study in the folder. */
  readonly resume?: boolean;
  /** All together (default 100, or as many as were asked for before). */
  readonly trials?: number;
  /** Threads (default 1). */
  readonly workers?: number;
  /** Seconds after which a trial has failed. */
  readonly timeout?: number;
  /** File that gets the study as a journal of Optuna. */
  readonly export?: string;
  /** File that gets its page. */
  readonly page?: string;
}

/** Where it runs. */
export interface TunePlace {
  /** Stops it. */
  readonly signal?: AbortSignal;
  readonly progress?: ProgressStream;
  readonly onWarning?: (warning: string) => void;
}

/** A study as it stands after a run, or as it was found. */
export interface TunedStudy {
  /** Null where it was thrown away. */
  readonly folder: string | null;
  /** Trials that have ended, up to the first one that has not. */
  readonly record: KeptStudy;
  readonly summary: StudySummary;
  /** How many trials were asked for. */
  readonly asked: number;
  /** Whether this run was stopped before its end. */
  readonly isStopped: boolean;
  readonly written: readonly string[];
}

/** Options of new studies by their names on the command line: a study that stands has them. */
const ofNewStudies = {
  name: "--name",
  seed: "--seed",
  window: "--window",
  sampler: "--sampler",
  pruner: "--pruner",
  rows: "--rows",
  import: "--import",
  studyName: "--study-name",
} as const;

/**
 * Begins a study, goes on with one, or only looks at one that stands in a folder; then writes it where asked.
 *
 * @throws InputError naming the option or file that makes no sense; as runStudy
 */
export async function tuneStudy(options: TuneOptions, place: TunePlace = {}): Promise<TunedStudy> {
  const { study, export: journal, page } = options;
  checkOptions(options);
  if (journal !== undefined) await requireNewFile("--export", journal);
  if (page !== undefined) await naming("--page", () => requireStudyPage(page));
  if (study !== undefined) return carriedOut(study, options, place);
  return withTemporaryFolder(async (folder) => ({ ...(await carriedOut(folder, options, place)), folder: null }));
}

async function carriedOut(folder: string, options: TuneOptions, place: TunePlace): Promise<TunedStudy> {
  const { objective, resume = false, export: journal, page } = options;
  const isLookedAt = objective === undefined && !resume;
  if (isLookedAt && !(await stands(folder))) throw noStudy("--study", folder);
  const isStopped = isLookedAt ? false : await run(folder, options, place);
  const { record, goal } = await readStudyFolder(folder, place);
  const summary = summarizeStudy(record);
  if (journal !== undefined) await writeJournal("--export", journal, record);
  if (page !== undefined) await writeStudyPage(page, record, { ...studyWords(record), summary });
  const written = [journal, page].filter((path) => path !== undefined);
  return { folder, record, summary, asked: goal, isStopped, written };
}

/** @returns whether it was stopped before its end */
async function run(folder: string, options: TuneOptions, { signal, progress, onWarning }: TunePlace): Promise<boolean> {
  const { trials, workers = 1, timeout } = options;
  const isOld = await stands(folder);
  const { plan, objective, usualTrials, window } = await asked(folder, isOld, options, onWarning);
  if (workers > window + 1)
    throw new InputError({
      where: "--workers",
      must: `must be at most ${window + 1}, as a trial of this study sees all but the ${window} before it`,
      got: String(workers),
      mend: isOld
        ? "take fewer, or begin another study with a greater --window: it belongs to what a study is"
        : "take fewer, or a greater --window",
    });
  // Else each trial would say it.
  const table = objective?.name === undefined ? null : tunedProblems[objective.name]?.table;
  if (table != null) await readRealTable(table);
  const imported = plan?.history?.trials.length ?? 0;
  if (trials !== undefined && trials <= imported)
    throw new InputError({
      where: "--trials",
      must: `must be more than the ${imported} that are imported, which count`,
      got: String(trials),
      mend: `write for example ${imported + 100}`,
    });
  const before = isOld ? (await readStudyFolder(folder)).ended.length : imported;
  const report = progress && studyProgress(progress, { before });
  try {
    const { isComplete } = await runStudy({
      ...{ folder, plan, objective, workers, signal, onWarning },
      trials: trials ?? (isOld ? undefined : usualTrials),
      timeoutMilliseconds: timeout === undefined ? undefined : 1000 * timeout,
      fit: gaussianSurrogate,
      onTrial: report?.onTrial,
    });
    return !isComplete;
  } finally {
    report?.close();
  }
}

interface Asked {
  /** Undefined: as the folder has it. */
  readonly plan?: StudyPlan;
  readonly objective?: ModuleObjective;
  readonly usualTrials?: number;
  readonly window: number;
}

async function asked(
  folder: string,
  isOld: boolean,
  options: TuneOptions,
  onWarning: TunePlace["onWarning"] = () => undefined,
): Promise<Asked> {
  const { objective, resume = false, workers = 1 } = options;
  if (!resume) {
    const {
      plan,
      objective: module,
      trials,
    } = await tunePlan({ ...options, objective: objective!, workers, onWarning });
    // What does not go together is refused by the name of the option, before anything is made.
    const { sampler, pruner: _, ...rules } = plan;
    await naming(plan.history === undefined ? "twin tune" : "--import", () =>
      createStudy({ ...rules, sampler: samplerOf(sampler!, { fit: gaussianSurrogate }) }),
    );
    return { plan, objective: module, usualTrials: trials, window: plan.window! };
  }
  if (!isOld) throw noStudy("--resume", folder);
  const { settings } = await readSettings(folder);
  const { name, options: own } = settings.objective;
  const { window } = settings;
  // Modules of the house lie elsewhere on another machine; those of a user where they were, or where they say.
  const problem = objective ?? name;
  if (Object.hasOwn(tunedProblems, problem))
    return { objective: { module: tunedProblems[problem].module, name: problem, options: own }, window };
  return objective === undefined ? { window } : { objective: { module: objective, name, options: own }, window };
}

/** Whether a study was begun in a folder. @throws InputError if it is somebody's, for something else */
function stands(folder: string): Promise<boolean> {
  return isBegun(folder, studyFiles.settings, "a study");
}

function noStudy(option: string, folder: string): InputError {
  return new InputError({
    where: option,
    must: "the folder must be that of a study that was begun",
    got: folder,
    mend: "name another folder, or begin a study there: `twin tune --help`",
  });
}

function checkOptions(options: TuneOptions): void {
  const { objective, study, resume = false, trials, workers, name } = options;
  const refuse = (where: string, must: string, got: string, mend: string): never => {
    throw new InputError({ where, must, got, mend });
  };
  // What a shell makes of a variable that is not set; as a path it would be the folder one stands in.
  for (const option of ["study", "export", "page", "import"] as const)
    if (options[option] === "")
      refuse(`--${option}`, "must name a place", "an empty text", "name one, or leave it out");
  if (name !== undefined && !(name.length >= 1 && name.length <= 200))
    refuse("--name", "must have 1 to 200 characters", String(name.length), "give another one");
  const isNew = objective !== undefined && !resume;
  if (study === undefined && !isNew)
    refuse(
      resume ? "--resume" : "twin tune",
      resume ? "must come with --study, the folder of the study" : "must be told what to tune, or which study to show",
      resume ? "no --study" : "neither",
      "name a problem (network, forest, platelets), a module, or --study FOLDER",
    );
  const [, strange] = Object.entries(ofNewStudies).find(([name]) => name in options && !isUnset(options, name)) ?? [];
  if (!isNew && strange !== undefined)
    refuse(
      strange,
      resume ? "belongs to a new study: the one in the folder has its own" : "belongs to a study that is begun",
      resume ? "--resume too" : "nothing to tune",
      resume ? "leave it out" : "name what to tune, or leave it out",
    );
  const isCount = (value: number | undefined, most: number): boolean =>
    value === undefined || (Number.isInteger(value) && value >= 1 && value <= most);
  if (!isCount(trials, 1e6))
    refuse("--trials", "must be a whole number from 1 to 1000000", String(trials), "write for example 100");
  if (!isCount(workers, 64))
    refuse("--workers", "must be a whole number from 1 to 64", String(workers), "write for example 2");
}

function isUnset(options: TuneOptions, name: string): boolean {
  return (options as Readonly<Record<string, unknown>>)[name] === undefined;
}
