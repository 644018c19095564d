import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Random } from "../../../core/random/Random.js";
import { withTemporaryFolder } from "../../../io/withTemporaryFolder.js";
import { runStudy, type RunStudyOptions } from "../../../tuning/runStudy.js";
import type { Trial } from "../../../tuning/Trial.js";
import { type StudyProcess, studyProcess } from "./studyProcess.js";

/** What was found of studies whose processes were killed. */
export interface KilledStudies {
  readonly kills: number;
  /** Studies that were begun, each brought to its end. */
  readonly studies: number;
  /** Trials that processes said had ended, over all studies. */
  readonly acknowledged: number;
  /** Of those, how many the study did not have afterwards, or had otherwise. */
  readonly lost: number;
  /** Trials of which two processes said different things. */
  readonly contradicted: number;
  /** Studies that did not come to their end, or not to the bytes of an undisturbed one. */
  readonly different: number;
}

export interface KillWhileTuningOptions {
  readonly kills: number;
  readonly processes?: number;
  readonly workers?: number;
  readonly trials?: number;
}

/** Takes some milliseconds, reports at rungs, is pruned or fails now and then; its trials keep how far they came. */
const objective = `
export const space = {
  x: { kind: "float", low: -5, high: 5 },
  kind: { kind: "categorical", choices: ["near", "far"] },
  y: { kind: "integer", low: 1, high: 64, log: true, when: { parameter: "kind", is: ["far"] } },
};
export async function objective({ number, parameters, kept, keep, report }) {
  if (number % 17 === 3) throw new Error("one that fails");
  const start = (parameters.x - 1) ** 2 + (parameters.y ?? 3);
  const [done, reached] = kept === null ? [0, start] : JSON.parse(Buffer.from(kept).toString());
  let value = reached;
  for (let epoch = done + 1; epoch <= 16; epoch++) {
    await new Promise((resolve) => setTimeout(resolve, 1 + ((number * 7 + epoch) % 3)));
    value -= 0.1 / epoch;
    if (report(epoch, value)) return { state: "pruned", reason: "at epoch " + epoch };
    if (epoch % 4 === 0) await keep(Buffer.from(JSON.stringify([epoch, value])));
  }
  return value;
}`;

/**
 * Kills processes that carry out a study together, at random moments, and starts others in their place until it is
 * complete; then the next study, until so many were killed.
 */
export function killWhileTuning(
  { kills, processes = 2, workers = 4, trials = 120 }: KillWhileTuningOptions,
  random: Random,
): Promise<KilledStudies> {
  return withTemporaryFolder(async (place) => {
    const module = join(place, "objective.mjs");
    await writeFile(module, objective);
    const plan = { seed: 1, window: processes * workers - 1, pruner: { name: "halving" } };
    const options = { plan, objective: { module }, trials };
    const undisturbed = join(place, "undisturbed");
    await runStudy({ ...options, folder: undisturbed });
    const expected = await readFile(join(undisturbed, "study.json"), "utf8");
    let found: KilledStudies = { kills: 0, studies: 0, acknowledged: 0, lost: 0, contradicted: 0, different: 0 };
    while (found.kills < kills) {
      const folder = join(place, String(found.studies));
      const { told, killed } = await disturbed(
        { ...options, folder, workers },
        { processes, most: kills - found.kills, random: random.fork(found.studies) },
      );
      const text = await readFile(join(folder, "study.json"), "utf8").catch(() => "");
      found = {
        kills: found.kills + killed,
        studies: found.studies + 1,
        acknowledged: found.acknowledged + told.length,
        lost: found.lost + lostOf(told, text),
        contradicted: found.contradicted + (await contradictedIn(folder)),
        different: found.different + Number(text !== expected),
      };
    }
    return found;
  });
}

/** Carries a study out by processes of which one after the other is killed. */
async function disturbed(
  options: Omit<RunStudyOptions, "signal" | "onTrial" | "onWarning" | "fit">,
  { processes, most, random }: { readonly processes: number; readonly most: number; readonly random: Random },
): Promise<{ readonly told: readonly Trial[]; readonly killed: number }> {
  const all: StudyProcess[] = [];
  const begin = (): StudyProcess => {
    const one = studyProcess(options);
    all.push(one);
    return one;
  };
  const running = Array.from({ length: processes }, begin);
  const complete = (): boolean => running.some(({ child }) => child.exitCode !== null);
  let killed = 0;
  while (killed < most && !complete()) {
    // Also before it has begun, and while it takes over what another left.
    await setTimeout(40 + 900 * random());
    if (complete()) break;
    const at = Math.floor(random() * processes);
    running[at].child.kill("SIGKILL");
    await running[at].ended;
    killed++;
    running[at] = begin();
  }
  for (const { code, errors } of await Promise.all(running.map(({ ended }) => ended)))
    if (code !== 0) throw new Error(`a process of a study ended with code ${code}: ${errors}`);
  return { told: all.flatMap(({ told }) => told), killed };
}

/** Trials that were told of and do not stand in the study as they were told. */
function lostOf(told: readonly Trial[], text: string): number {
  const trials = text === "" ? [] : (JSON.parse(text) as { readonly trials: readonly Trial[] }).trials;
  const known = new Set(trials.map((trial) => JSON.stringify(trial)));
  return told.filter((trial) => !known.has(JSON.stringify(trial))).length;
}

/** Trials of which lines of different processes say different things. */
async function contradictedIn(folder: string): Promise<number> {
  const said = new Map<number, Set<string>>();
  const writers = join(folder, "writers");
  for (const name of await readdir(writers)) {
    if (!name.endsWith(".jsonl")) continue;
    const lines = (await readFile(join(writers, name), "utf8")).split("\n").slice(0, -1);
    for (const line of lines) {
      const { trial, ended } = JSON.parse(line) as { readonly trial?: number; readonly ended?: unknown };
      if (trial !== undefined) said.set(trial, (said.get(trial) ?? new Set()).add(JSON.stringify(ended)));
    }
  }
  return [...said.values()].filter((one) => one.size > 1).length;
}
