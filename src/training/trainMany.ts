import type { Random } from "../core/random/Random.js";
import { seedOf } from "../core/random/seedOf.js";
import { seededRandom } from "../core/random/Random.js";
import { workerPool } from "../core/threads/workerPool.js";
import { checkPausing } from "./checkPausing.js";
import { type ChosenEngine, chooseTrainingEngine, type EngineChoice } from "./engines/chooseTrainingEngine.js";
import { networkPredictor } from "./networkPredictor.js";
import { packKey } from "./engines/packKey.js";
import type { TrainingTask } from "./engines/TrainingEngine.js";
import { type NetworkTraining, type TrainingCourse, trainingCourse } from "./trainingCourse.js";
import type { TrainingData } from "./TrainingData.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";
import { type TrainedNetwork, trainNetwork } from "./trainNetwork.js";
import { trainPack } from "./trainPack.js";

/** One training of several: a fold, a member of an ensemble. Plain data, for it may go to another thread. */
export interface TrainingJob {
  readonly data: TrainingData;
  readonly layers: HiddenLayers;
  readonly options?: Omit<TrainingOptions, "onProgress">;
  /**
   * Fork of the random stream that its seed is drawn from (default its place among the jobs): a training that paused
   * goes on under the fork that it began with, wherever it stands then.
   */
  readonly fork?: string | number;
}

export interface SeededJob extends TrainingJob {
  readonly seed: number;
}

/** How trainMany trains: on how many threads, and who is told of it. */
export interface TrainManyOptions {
  /** Threads; 1 (default) trains in this one. Weights do not depend on it. */
  readonly workers?: number;
  /** Called with the number of trainings done and of all. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** Jobs that one program could do together, by number, and the engine for them. */
interface Group {
  readonly chosen: ChosenEngine;
  /** Of each network. */
  readonly weights: number;
  readonly numbers: readonly number[];
}

/**
 * Trains all jobs, each from a seed drawn from a fork of `random`, by default that with its number: the same bytes at
 * any number of workers. Trials that paused at a rung go on from there under the fork that they began with.
 *
 * Jobs for a tensorflow engine that differ in rows alone are packed into one program, in this thread; each then learns
 * what it would alone but for rounding. Features over a SharedArrayBuffer are not copied on the way to the threads.
 *
 * @returns in the order of the jobs
 * @throws as trainNetwork, for the first job that cannot be trained, before any is; RangeError if workers is no number
 *   of threads
 */
export async function trainMany(
  jobs: readonly TrainingJob[],
  random: Random,
  { workers = 1, onProgress }: TrainManyOptions = {},
): Promise<readonly TrainedNetwork[]> {
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 64))
    throw new RangeError(`trainMany: the number of workers must be a whole number from 1 to 64; got ${workers}`);
  const seeded = jobs.map((job, i) => seededJob(job, random, i));
  // Errors lose their kind on the way out of a thread.
  const groups = await groupsOf(seeded);
  const trained = new Array<TrainedNetwork>(jobs.length);
  let done = 0;
  const finish = (number: number, training: NetworkTraining, { engine, reason }: ChosenEngine): void => {
    trained[number] = { ...training, engineReason: reason, predictor: networkPredictor(training.network, engine) };
    onProgress?.(++done, jobs.length);
  };
  for (const { chosen, numbers } of groups.filter(({ chosen }) => chosen.engine.openPacked !== undefined)) {
    const courses = numbers.map((number) => courseOf(seeded[number]));
    const pack = chosen.engine.openPacked!(courses.map(({ task }) => task));
    (await trainPack(courses, pack, chosen)).forEach((training, i) => finish(numbers[i], training, chosen));
  }
  const single = groups
    .filter(({ chosen }) => chosen.engine.openPacked === undefined)
    .flatMap(({ chosen, weights, numbers }) =>
      numbers.map((number) => ({
        number,
        chosen,
        work: mostWork(seeded[number], weights),
        job: { ...seeded[number], options: { ...seeded[number].options, engine: chosen.engine.name } },
      })),
    )
    // The longest first, so that at the end no thread waits long for another.
    .sort((one, other) => other.work - one.work);
  if (workers === 1) for (const { number, chosen, job } of single) finish(number, await doTrainingJob(job), chosen);
  else await inThreads(single, Math.min(workers, Math.max(single.length, 1)), finish);
  return trained;
}

/**
 * That a job with a fork of its own can be trained, and goes on from where it is to.
 *
 * @throws as trainNetwork
 */
export function checkTrainingJob(job: TrainingJob, random: Random): void {
  courseOf(seededJob(job, random));
}

function seededJob(job: TrainingJob, random: Random, place = 0): SeededJob {
  return { ...job, seed: seedOf(random.fork(job.fork ?? place)) };
}

/** What a thread does; the predictor, which is no plain data, stays there. */
export async function doTrainingJob({ data, layers, seed, options }: SeededJob): Promise<NetworkTraining> {
  const { predictor: _, ...training } = await trainNetwork(data, layers, seededRandom(seed), options);
  return training;
}

/** Grows with the time that a training takes if it does not end early. */
function mostWork({ data: { features, train }, options = {} }: TrainingJob, weights: number): number {
  const { epochs = 100, until = epochs, from } = options;
  return weights * (train?.length ?? features.rows) * (Math.min(until, epochs) - (from?.history.length ?? 0));
}

function courseOf({ data, layers, seed, options = {} }: SeededJob): TrainingCourse {
  return trainingCourse(data, layers, seededRandom(seed), options);
}

async function groupsOf(jobs: readonly SeededJob[]): Promise<readonly Group[]> {
  const alike = new Map<
    string,
    { readonly choice: EngineChoice; readonly task: TrainingTask; readonly numbers: number[] }
  >();
  jobs.forEach((job, number) => {
    const { task } = courseOf(job);
    const choice = job.options?.engine ?? "simd";
    const key = `${choice} ${packKey(task)}`;
    const group = alike.get(key) ?? { choice, task, numbers: [] };
    group.numbers.push(number);
    alike.set(key, group);
  });
  return Promise.all(
    [...alike.values()].map(async ({ choice, task: { weights, batchSize }, numbers }) => {
      const chosen = await chooseTrainingEngine(choice, weights.length * batchSize * numbers.length);
      for (const number of numbers) checkPausing(chosen.engine.name, jobs[number].options);
      return { chosen, weights: weights.length, numbers };
    }),
  );
}

async function inThreads(
  jobs: readonly { readonly number: number; readonly chosen: ChosenEngine; readonly job: SeededJob }[],
  workers: number,
  finish: (number: number, training: NetworkTraining, chosen: ChosenEngine) => void,
): Promise<void> {
  if (jobs.length === 0) return;
  const pool = workerPool<SeededJob, NetworkTraining>(
    new URL("trainingWorker.ts", import.meta.url).href,
    workers,
    null,
  );
  try {
    await Promise.all(jobs.map(async ({ number, chosen, job }) => finish(number, await pool.run(job), chosen)));
  } finally {
    await pool.close();
  }
}
