import { join } from "node:path";
import { checkJson } from "../core/checkJson.js";
import { InputError } from "../core/InputError.js";
import { projectName } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";
import { writeFirst } from "../io/writeFirst.js";
import type { StudySettings } from "./files/StudySettings.js";
import { checkSameSettings, parseSettings, type RunSettings, settingsText } from "./files/studySettingsFile.js";
import { prunerOf } from "./pruners/prunerOf.js";
import { type SamplerParts, samplerOf } from "./samplers/samplerOf.js";
import { tpeSampler } from "./samplers/tpeSampler.js";
import { createStudy, type Study } from "./Study.js";
import type { StudyPlan } from "./StudyPlan.js";
import { moduleThreads, type ObjectiveThreads, ownThread } from "./workers/objectiveThreads.js";
import type { ModuleObjective, OwnObjective } from "./workers/StudyObjective.js";

/** Names of files in the folder of a study. */
export const studyFiles = { settings: "settings.json", study: "study.json" } as const;

/** What is kept of how a study began. */
export interface BegunStudy {
  readonly settings: StudySettings;
  readonly run: RunSettings;
}

/** What a study in a folder is, and how it was first run. @throws InputError if it is damaged */
export async function readSettings(folder: string): Promise<BegunStudy> {
  const path = join(folder, studyFiles.settings);
  return parseSettings(await readJson(path), projectName(path));
}

/** What may be said of a study as it begins. */
export interface BeginOptions extends SamplerParts {
  /** What stands in the folder; null where nothing. */
  readonly kept: BegunStudy | null;
  /** Null where it is not told: then what stands counts. */
  readonly plan: StudyPlan | undefined;
  readonly threads: ObjectiveThreads;
  readonly trials?: number;
  readonly timeoutMilliseconds?: number;
}

/**
 * Keeps what the study is, or holds it to what is kept.
 *
 * @throws InputError if it cannot be led so, is another one than that which is kept, or cannot be written
 */
export async function beginStudy(
  folder: string,
  { kept, plan, threads, trials = 100, timeoutMilliseconds, fit }: BeginOptions,
): Promise<BegunStudy> {
  const given = plan === undefined ? null : settingsOf(plan, threads, { fit });
  const path = join(folder, studyFiles.settings);
  let standing = kept;
  if (standing === null) {
    const settings = given ?? missing(folder, "the plan of the study");
    const run = { trials, timeoutMilliseconds: timeoutMilliseconds ?? null, module: threads.module };
    // Refused here what could not be read back.
    studyOf(settings, { fit });
    const text = settingsText(settings, run);
    parseSettings(JSON.parse(text), "the plan of a study");
    await writeFirst(path, text, { folder: "a study", mend: "choose another folder" });
    // Another process may have been first.
    standing = await readSettings(folder);
  }
  const { settings } = standing;
  checkSameSettings(settings, given ?? { ...settings, objective: threads.settings }, projectName(path));
  return standing;
}

function missing(folder: string, what: string): never {
  throw new InputError({
    where: projectName(folder),
    must: "must be the folder of a study that was begun, to go on with it",
    got: `one without ${studyFiles.settings}`,
    mend: `name another folder, or give ${what}`,
  });
}

/** The objective that a study keeps. @throws InputError if it is a function of a program, or no study stands there */
export function objectiveOf(folder: string, kept: BegunStudy | null): ModuleObjective {
  if (kept === null) return missing(folder, "the objective of the study");
  const { objective } = kept.settings;
  if (kept.run.module === null)
    throw new InputError({
      where: projectName(folder),
      must: "its objective must be given, as it is a function of a program",
      got: objective.name,
      mend: "go on with it from that program",
    });
  return { module: kept.run.module, name: objective.name, options: objective.options };
}

/** @throws InputError if its options are not plain JSON, or its module cannot be loaded */
export function threadsOf(objective: ModuleObjective | OwnObjective, workers: number): Promise<ObjectiveThreads> {
  try {
    checkJson(objective.options ?? null, "options of the objective");
  } catch (error) {
    throw new InputError({
      where: "runStudy",
      must: "options of an objective must be plain JSON, as they are kept with the study",
      got: (error as Error).message,
      mend: "give them as numbers, texts, lists and objects of these",
    });
  }
  return "module" in objective ? moduleThreads(objective, workers) : Promise.resolve(ownThread(objective));
}

function settingsOf(
  { name = "study", seed, window = 0, directions, space, sampler = tpeSampler().settings, pruner, history }: StudyPlan,
  threads: ObjectiveThreads,
  parts: SamplerParts,
): StudySettings {
  return {
    ...{ name, seed, window, objective: threads.settings },
    directions: directions ?? threads.directions ?? ["minimize"],
    space: space ?? threads.space,
    // With the defaults of what was left out.
    sampler: samplerOf(sampler, parts).settings,
    pruner: pruner === undefined ? null : prunerOf(pruner).settings,
    history: history ?? null,
  };
}

/** The study of its settings, in memory. */
export function studyOf(settings: StudySettings, parts: SamplerParts): Study {
  const { seed, window, directions, space, sampler, pruner, history } = settings;
  return createStudy({
    ...{ seed, window, directions, sampler: samplerOf(sampler, parts) },
    ...(space === null ? {} : { space }),
    ...(pruner === null ? {} : { pruner: prunerOf(pruner) }),
    ...(history === null ? {} : { history }),
  });
}
