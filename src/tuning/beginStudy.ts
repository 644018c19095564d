import { join } from "node:path";
import { projectName } from "../io/projectPath.js";
import { writeFirst } from "../io/writeFirst.js";
import type { StudySettings } from "./files/StudySettings.js";
import { checkSameSettings, parseSettings, settingsText } from "./files/studySettingsFile.js";
import { noStudy } from "./noStudy.js";
import { prunerOf } from "./pruners/prunerOf.js";
import { type BegunStudy, readSettings, studyFiles } from "./readSettings.js";
import { type SamplerParts, samplerOf } from "./samplers/samplerOf.js";
import { tpeSampler } from "./samplers/tpeSampler.js";
import { studyOf } from "./studyOf.js";
import type { StudyPlan } from "./StudyPlan.js";
import type { ObjectiveThreads } from "./workers/ObjectiveThreads.js";

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
    const settings = given ?? noStudy(folder, "the plan of the study");
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
