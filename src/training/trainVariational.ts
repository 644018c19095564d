import { InputError } from "../core/InputError.js";
import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { startTensorflow } from "./engines/tensorflow/startTensorflow.js";
import type { TensorflowBackendName } from "./engines/tensorflow/TensorflowBackend.js";
import { variationalEpoch, type VariationalState } from "./engines/tensorflow/variationalEpoch.js";
import { parameterCount } from "./layersOf.js";
import { type Schedule, scheduledRate } from "./scheduledRate.js";
import { standardNormals } from "./standardNormals.js";
import type { TrainingData } from "./TrainingData.js";
import type { HiddenLayers } from "./TrainingOptions.js";
import { trainingTask } from "./trainingTask.js";
import type { VariationalNetwork } from "./VariationalNetwork.js";

/** How a variational network is trained. */
export interface VariationalOptions {
  /** Passes over the training rows (default 100). */
  readonly epochs?: number;
  /** Rows per update (default 64). */
  readonly batchSize?: number;
  /** Of Adam (default 0.001). */
  readonly learningRate?: number;
  /** constant by default. */
  readonly schedule?: Schedule;
  /** Standard deviation of each weight before any data (default 1). */
  readonly priorDeviation?: number;
  /** Standard deviations to start from (default 0.05). */
  readonly firstDeviation?: number;
  /** Networks drawn for each update (default 1). */
  readonly samples?: number;
  /** Standard deviation of the targets around their expectation (default 1). */
  readonly targetNoise?: number;
  /** What TensorFlow.js computes on (default wasm). */
  readonly backend?: TensorflowBackendName;
  /** Called after every epoch. */
  readonly onProgress?: (record: VariationalRecord) => void;
}

/** One pass over the training rows. */
export interface VariationalRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean negative log-likelihood of a row under the networks drawn, without constants. */
  readonly dataLoss: number;
  /**
   * From the prior, after the epoch, in nats, of all weights together; the bound on the evidence is -(rows · dataLoss +
   * divergence).
   */
  readonly divergence: number;
}

/** A trained variational network, and how its training went. */
export interface VariationalTraining {
  readonly network: VariationalNetwork;
  readonly history: readonly VariationalRecord[];
  /** What TensorFlow.js computed on, in words. */
  readonly adapter: string;
}

/**
 * Trains a Bayesian network by mean-field variational inference: each weight a normal number of its own mean and
 * deviation. Stochastic gradients fit them so that the networks drawn explain the data and stray no further from the
 * prior than the data demand. Trained by TensorFlow.js; plain data comes back, from which any engine predicts
 * (sampleProbabilities).
 *
 * @throws RangeError if a row, label, target or weight is not as TrainingData says (row named)
 * @throws InputError for an option out of range, if the backend is not installed or computes wrongly, and if numbers
 *   run out of bounds
 * @see Blundell et al. 2015, arXiv:1505.05424
 */
export async function trainVariational(
  data: Omit<TrainingData, "tune">,
  layers: HiddenLayers,
  random: Random,
  {
    epochs = 100,
    batchSize = 64,
    learningRate = 1e-3,
    schedule = { name: "constant" },
    priorDeviation = 1,
    firstDeviation = 0.05,
    samples = 1,
    targetNoise = 1,
    backend: name = "wasm",
    onProgress,
  }: VariationalOptions = {},
): Promise<VariationalTraining> {
  for (const [option, value] of Object.entries({ priorDeviation, firstDeviation, targetNoise }))
    if (!(value > 0 && value < Infinity)) refuse(option, "above 0 and finite", value, "take for example 1");
  if (!(Number.isInteger(samples) && samples >= 1))
    refuse("samples", "a whole number from 1", samples, "take for example 1");
  // The likelihood of a row is that of all its targets together.
  const targetShare = Math.max(data.targetNames?.length ?? 0, 1) / (2 * targetNoise ** 2);
  const { task, train } = trainingTask(data, layers, random, {
    epochs,
    batchSize,
    learningRate,
    schedule,
    targetShare,
  });
  const size = parameterCount(task.architecture);
  const prior = { deviation: priorDeviation, dataWeight: train.reduce((sum, row) => sum + task.rowWeights[row], 0) };
  const [orders, noises] = [random.fork("order"), random.fork("noise")];
  const backend = await startTensorflow(name);
  const beliefs = new Float32Array(2 * size).fill(Math.log(firstDeviation));
  beliefs.set(task.weights);
  let state: VariationalState = {
    beliefs,
    first: new Float32Array(2 * size),
    second: new Float32Array(2 * size),
    step: 0,
  };
  const history: VariationalRecord[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = scheduledRate(learningRate, schedule, epoch, epochs);
    const done = await variationalEpoch(
      backend,
      task,
      state,
      shuffledRows(train, orders.fork(epoch)),
      rate,
      (step) => standardNormals(samples * size, noises.fork(step)),
      prior,
    );
    state = done.state;
    const record = { epoch, dataLoss: done.loss, divergence: divergence(state.beliefs, priorDeviation) };
    if (!(Number.isFinite(record.dataLoss) && Number.isFinite(record.divergence)))
      refuse(
        "learningRate",
        "low enough that losses stay finite",
        `${rate}, where they did not in epoch ${epoch}`,
        "lower it, or scale features and targets",
      );
    history.push(record);
    onProgress?.(record);
  }
  return {
    network: {
      ...task.architecture,
      means: state.beliefs.slice(0, size),
      deviations: state.beliefs.slice(size).map(Math.exp),
    },
    history,
    adapter: backend.adapter,
  };
}

/** Kullback-Leibler divergence of the normal numbers from the prior. */
function divergence(beliefs: Float32Array, priorDeviation: number): number {
  const size = beliefs.length / 2;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const logRatio = beliefs[size + i] - Math.log(priorDeviation);
    sum += (Math.exp(2 * logRatio) + (beliefs[i] / priorDeviation) ** 2 - 1) / 2 - logRatio;
  }
  return sum;
}

function refuse(option: string, rule: string, got: unknown, mend: string): never {
  throw new InputError({ where: `trainVariational, ${option}`, must: `must be ${rule}`, got: String(got), mend });
}
