import type { Matrix } from "../core/Matrix.js";
import { workerPool } from "../core/threads/workerPool.js";
import { makeTrainingEngine } from "./engines/makeTrainingEngine.js";
import type { Network } from "./Network.js";
import { predictProbabilities } from "./predictProbabilities.js";
import type { TrainingEngineName } from "./engines/TrainingEngine.js";

/** What every thread is given at its start. */
export interface PredictionSetting {
  readonly features: Matrix;
  readonly engine: TrainingEngineName;
}

/** How predictMany computes: by which engine, on how many threads. */
export interface PredictManyOptions {
  /** Threads; 1 (default) predicts in this one. Probabilities do not depend on it. */
  readonly workers?: number;
  /** simd by default. */
  readonly engine?: TrainingEngineName;
}

/**
 * Probabilities by several networks for the same rows: members of an ensemble, or thinned networks of Monte Carlo
 * dropout. Features over a SharedArrayBuffer are not copied on the way to the threads.
 *
 * @returns in the order of the networks, each row-major [rows, classes]
 * @throws as predictProbabilities, for the first network that cannot predict; RangeError if workers is no number of
 *   threads
 */
export async function predictMany(
  networks: readonly Network[],
  features: Matrix,
  { workers = 1, engine: name = "simd" }: PredictManyOptions = {},
): Promise<readonly Float64Array[]> {
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 64))
    throw new RangeError(`predictMany: the number of workers must be a whole number from 1 to 64; got ${workers}`);
  const engine = await makeTrainingEngine(name);
  if (workers === 1) return networks.map((network) => predictProbabilities(network, features, engine));
  const pool = workerPool<Network, Float64Array>(
    new URL("predictionWorker.ts", import.meta.url).href,
    Math.min(workers, Math.max(networks.length, 1)),
    { features, engine: name } satisfies PredictionSetting,
  );
  try {
    return await Promise.all(networks.map((network) => pool.run(network)));
  } finally {
    await pool.close();
  }
}
