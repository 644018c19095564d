import { followWriters, settledLine } from "../io/studies/followWriters.js";
import { projectName } from "../io/projectPath.js";
import { readSettings } from "./readSettings.js";
import { type KeptStudy, keptStudy } from "./files/studyFile.js";
import { parseTrialLine } from "./files/trialLine.js";
import { goalOf } from "./goalOf.js";
import type { Parameter } from "./Parameter.js";
import type { Trial } from "./Trial.js";

/** A study in a folder as it stands. */
export interface StudyStanding {
  /** Trials that have ended, up to the first one that has not. */
  readonly record: KeptStudy;
  /** All that have ended, by number; there may be gaps. */
  readonly ended: readonly Trial[];
  /** How many were asked for, those that it goes on from included. */
  readonly goal: number;
}

/**
 * Reads a study in a folder, also while processes are at work in it; nothing is written there.
 *
 * @throws InputError if there is none, it is of another version, or damaged
 */
export async function readStudyFolder(
  folder: string,
  { onWarning = () => undefined }: { readonly onWarning?: (warning: string) => void } = {},
): Promise<StudyStanding> {
  const { settings, run } = await readSettings(folder);
  const { history, space } = settings;
  const writers = followWriters(folder, { staleMilliseconds: Infinity, onWarning, mayBeMissing: true });
  await writers.look();
  const goal = goalOf(run, writers.notes());
  const ended: Trial[] = [...(history?.trials ?? [])];
  const parameters: Record<string, Parameter> = { ...history?.parameters, ...space };
  // Of a million trials most may be to come: their numbers are not looked up one by one.
  const above = Math.min(goal, writers.above());
  for (let number = ended.length; number < above; number++) {
    const line = await settledLine(folder, number, writers, null);
    if (line === null) continue;
    const { trial, named } = parseTrialLine(line, `${projectName(folder)}, trial ${number}`);
    ended.push(trial);
    for (const [name, parameter] of Object.entries(named))
      if (!Object.hasOwn(parameters, name)) parameters[name] = parameter;
  }
  const gap = ended.findIndex(({ number }, at) => number !== at);
  const trials = gap < 0 ? ended : ended.slice(0, gap);
  return { record: keptStudy(settings, { parameters, trials }), ended, goal };
}
