import { existsSync } from "node:fs";
import { basename, extname } from "node:path";
import { InputError } from "../../core/InputError.js";
import { tunedProblems } from "../../problems/tuned/tunedProblems.js";
import { gaussianSurrogate } from "../../training/baselines/gaussian/gaussianSurrogate.js";
import { prunerMakers, prunerOf } from "../../tuning/pruners/prunerOf.js";
import type { StudyPlan } from "../../tuning/StudyPlan.js";
import { gaussianSampler } from "../../tuning/samplers/gaussianSampler.js";
import { allValues, gridSampler, gridSize } from "../../tuning/samplers/gridSampler.js";
import { randomSampler } from "../../tuning/samplers/randomSampler.js";
import type { Sampler } from "../../tuning/samplers/Sampler.js";
import { sobolSampler } from "../../tuning/samplers/sobolSampler.js";
import { tpeSampler } from "../../tuning/samplers/tpeSampler.js";
import type { SearchSpace } from "../../tuning/SearchSpace.js";
import type { Direction } from "../../tuning/Trial.js";
import type { ModuleObjective } from "../../tuning/workers/StudyObjective.js";
import { describeModule } from "./describeModule.js";
import { importStudy } from "./importStudy.js";

/** What a new study is, as the command line says it. */
export interface NewStudyOptions {
  /** A problem of the house by its name, or the path of a module. */
  readonly objective: string;
  readonly name?: string;
  readonly seed?: number;
  /** Default one less than the workers. */
  readonly window?: number;
  /** Default tpe. */
  readonly sampler?: string;
  /** Default: of the network halving, else none. */
  readonly pruner?: string;
  readonly rows?: number;
  /** Journal of Optuna that it goes on from. */
  readonly import?: string;
  readonly studyName?: string;
}

/** A new study, and how many trials it asks for where nothing else is said. */
export interface TunePlan {
  readonly plan: StudyPlan;
  readonly objective: ModuleObjective;
  readonly trials: number;
}

const usualTrials = 100;
/** Of a grid that nobody said to stop before its end: as many as may be asked for. */
const mostOfGrid = 1e6;

/**
 * What a new study is.
 *
 * @param options.workers    of which the window is one less, where none is given
 * @param options.onWarning  takes what was left out of a journal
 * @throws InputError naming the option, or the file, that makes no sense
 */
export async function tunePlan({
  workers,
  onWarning,
  ...options
}: NewStudyOptions & {
  readonly workers: number;
  readonly onWarning: (warning: string) => void;
}): Promise<TunePlan> {
  const { seed, window = workers - 1, sampler = "tpe" } = options;
  if (seed === undefined)
    throw new InputError({
      where: "--seed",
      must: "a new study needs one, as the same seed gives the same study",
      got: "none",
      mend: "write for example --seed 1, or --resume to go on with the one in the folder",
    });
  const objective = objectiveOf(options, seed);
  const { space, directions: own } = await describeModule(objective.module);
  const imported = await importStudy({ ...options, directions: own, onWarning });
  const directions = imported?.directions ?? own ?? ["minimize"];
  const grid = sampler === "grid" ? gridOf(space) : null;
  const before = imported?.history.trials.length ?? 0;
  const plan: StudyPlan = {
    name: options.name ?? imported?.name ?? basename(options.objective, extname(options.objective)),
    ...{ seed, window, directions },
    ...(space === null ? {} : { space }),
    sampler: samplerOf(sampler, { grid, directions }).settings,
    pruner: prunerSettings(options, directions),
    history: imported?.history,
  };
  return { plan, objective, trials: before + (grid === null ? usualTrials : Math.min(mostOfGrid, gridSize(grid))) };
}

function objectiveOf({ objective, rows }: NewStudyOptions, seed: number): ModuleObjective {
  const problem = Object.hasOwn(tunedProblems, objective) ? tunedProblems[objective] : null;
  if (problem?.rows == null) {
    if (rows !== undefined)
      throw new InputError({
        where: "--rows",
        must: "belongs to network and forest, which are tuned on experiments of the twin",
        got: `--rows of ${objective}`,
        mend: "leave it out",
      });
    if (problem !== null) return { module: problem.module, name: objective, options: { seed } };
    if (existsSync(objective)) return { module: objective, options: { seed } };
    throw new InputError({
      where: "twin tune",
      must: `must be told one of ${Object.keys(tunedProblems).join(", ")}, or the path of a module`,
      got: `"${objective}", and no file is there`,
      mend: "correct the name",
    });
  }
  const { usual, least, most } = problem.rows;
  const wanted = rows ?? usual;
  if (wanted < least || wanted > most)
    throw new InputError({
      where: "--rows",
      must: `must be a whole number from ${least} to ${most}`,
      got: String(wanted),
      mend: `write for example ${usual}`,
    });
  return { module: problem.module, name: objective, options: { seed, rows: wanted } };
}

type Grid = Parameters<typeof gridSampler>[0];

/** All values of all parameters. */
function gridOf(space: SearchSpace | null): Grid {
  if (space === null)
    throw new InputError({
      where: "--sampler grid",
      must: "needs a module that exports its space, whose values are tried in turn",
      got: "one that says as it goes what it varies",
      mend: "export `space`, or take another sampler",
    });
  return Object.fromEntries(Object.entries(space).map(([name, parameter]) => [name, allValues(name, parameter)]));
}

/** By the names of the command line. */
const samplers: Readonly<Record<string, (grid: Grid | null) => Sampler>> = {
  tpe: () => tpeSampler(),
  random: () => randomSampler(),
  sobol: () => sobolSampler(),
  grid: (grid) => gridSampler(grid!),
  gaussian: () => gaussianSampler({ fit: gaussianSurrogate }),
};

function samplerOf(
  name: string,
  { grid, directions }: { readonly grid: Grid | null; readonly directions: readonly Direction[] },
): Sampler {
  if (!Object.hasOwn(samplers, name)) throw unknown("--sampler", Object.keys(samplers), name);
  if (name === "gaussian" && directions.length > 1)
    throw new InputError({
      where: "--sampler gaussian",
      must: "goes with one objective",
      got: String(directions.length),
      mend: "take tpe",
    });
  return samplers[name](grid);
}

function prunerSettings({ objective, pruner }: NewStudyOptions, directions: readonly Direction[]): StudyPlan["pruner"] {
  if (pruner === undefined)
    return (Object.hasOwn(tunedProblems, objective) ? tunedProblems[objective].pruner : null) ?? undefined;
  if (pruner === "none") return undefined;
  if (!Object.hasOwn(prunerMakers, pruner)) throw unknown("--pruner", ["none", ...Object.keys(prunerMakers)], pruner);
  if (directions.length > 1)
    throw new InputError({
      where: "--pruner",
      must: "trials are stopped by one objective",
      got: `${pruner} with ${directions.length} objectives`,
      mend: "leave it out",
    });
  return prunerOf({ name: pruner }).settings;
}

function unknown(option: string, names: readonly string[], got: string): InputError {
  return new InputError({
    where: option,
    must: `must be one of ${names.join(", ")}`,
    got: `"${got}"`,
    mend: "name one of them",
  });
}
