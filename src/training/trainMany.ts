import type { Random } from "../core/Random.js";
import { seededRandom } from "../core/Random.js";
import { workerPool } from "../core/workerPool.js";
import { makeTrainingEngine } from "./makeTrainingEngine.js";
import { networkPredictor } from "./networkPredictor.js";
import type { TrainingData } from "./TrainingData.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";
import { type NetworkTraining, type TrainedNetwork, trainNetwork } from "./trainNetwork.js";
import { trainingTask } from "./trainingTask.js";

/** One training of several: a fold, a member of an ensemble. Plain data, for it may go to another thread. */
export interface TrainingJob {
  readonly data: TrainingData;
  readonly layers: HiddenLayers;
  readonly options?: Omit<TrainingOptions, "onProgress">;
}

export interface SeededJob extends TrainingJob {
  readonly seed: number;
}

export interface TrainManyOptions {
  /** Threads; 1 (default) trains in this one. Weights do not depend on it. */
  readonly workers?: number;
  /** Called with the number of trainings done and of all. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Trains job after job, each from a seed drawn from the fork of `random` with its number: the same bytes at any number
 * of workers. Features over a SharedArrayBuffer are not copied on the way to the threads.
 *
 * @returns in the order of the jobs
 * @throws as trainNetwork, for the first job that cannot be trained, before any is; RangeError if workers is no number of threads
 */
export async function trainMany(jobs: readonly TrainingJob[], random: Random, { workers = 1, onProgress }: TrainManyOptions = {}): Promise<readonly TrainedNetwork[]> {
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 64)) throw new RangeError(`trainMany: the number of workers must be a whole number from 1 to 64; got ${workers}`);
  const seeded = jobs.map((job, i): SeededJob => ({ ...job, seed: Math.floor(random.fork(i)() * 2 ** 53) }));
  // Errors lose their kind on the way out of a thread.
  for (const { data, layers, seed, options } of seeded) trainingTask(data, layers, seededRandom(seed), options);
  const trained = workers === 1 ? await inThisThread(seeded, onProgress) : await inThreads(seeded, Math.min(workers, Math.max(jobs.length, 1)), onProgress);
  return Promise.all(trained.map(async (training) => ({ ...training, predictor: networkPredictor(training.network, await makeTrainingEngine(training.engine)) })));
}

/** What a thread does; the predictor, which is no plain data, stays there. */
export async function doTrainingJob({ data, layers, seed, options }: SeededJob): Promise<NetworkTraining> {
  const { predictor: _, ...training } = await trainNetwork(data, layers, seededRandom(seed), options);
  return training;
}

async function inThisThread(jobs: readonly SeededJob[], onProgress: TrainManyOptions["onProgress"]): Promise<NetworkTraining[]> {
  const trained: NetworkTraining[] = [];
  for (const job of jobs) {
    trained.push(await doTrainingJob(job));
    onProgress?.(trained.length, jobs.length);
  }
  return trained;
}

async function inThreads(jobs: readonly SeededJob[], workers: number, onProgress: TrainManyOptions["onProgress"]): Promise<NetworkTraining[]> {
  const pool = workerPool<SeededJob, NetworkTraining>(new URL("trainingWorker.ts", import.meta.url).href.replace(/(\/dist\/.*)\.ts$/, "$1.js"), workers, null);
  let done = 0;
  try {
    return await Promise.all(
      jobs.map(async (job) => {
        const training = await pool.run(job);
        onProgress?.(++done, jobs.length);
        return training;
      }),
    );
  } finally {
    await pool.close();
  }
}
