import type { Random } from "../core/Random.js";
import { parameterCount } from "./layersOf.js";
import { makeTrainingEngine, type TrainingEngineName } from "./makeTrainingEngine.js";
import type { Network } from "./Network.js";
import { type NetworkPredictor, networkPredictor } from "./networkPredictor.js";
import { scheduledRate } from "./scheduledRate.js";
import { shuffledRows } from "../core/shuffledRows.js";
import type { TrainingData } from "./TrainingData.js";
import { meanLoss } from "./TrainingEngine.js";
import type { EpochRecord, HiddenLayers, TrainingOptions } from "./TrainingOptions.js";
import { trainingTask } from "./trainingTask.js";

/** A network with how it came about; plain data. */
export interface NetworkTraining {
  readonly network: Network;
  readonly history: readonly EpochRecord[];
  /** How many numbers the network learned. */
  readonly parameters: number;
  /** The last epoch that was run. */
  readonly stoppedEpoch: number;
  /** The epoch after which the network had its weights: that of the lowest tune loss, without tune rows the last good one; 0 for the first weights. */
  readonly bestEpoch: number;
  /** At which epoch numbers ran out of bounds, and what to do; null where training went well. */
  readonly diverged: string | null;
  readonly engine: TrainingEngineName;
}

export interface TrainedNetwork extends NetworkTraining {
  /** Predicts with the engine that trained. */
  readonly predictor: NetworkPredictor;
}

/**
 * Trains a multilayer perceptron by gradient descent: on class labels, on targets, or on both at once over a shared trunk.
 *
 * It minimises the weighted mean cross-entropy plus targetShare times the weighted mean square error over known targets,
 * plus penalties. With tune rows the weights of the epoch with the lowest tune loss are given back. Weights, order and
 * masks come from forks of `random`: the same seed gives the same bytes, on any machine with the simd engine.
 *
 * A training that diverges is a result, not an exception: `diverged` says at which epoch, and the weights are the best before it.
 *
 * @throws RangeError and InputError as trainingTask; InputError if the WebAssembly was not built
 */
export async function trainNetwork(data: TrainingData, layers: HiddenLayers, random: Random, options: TrainingOptions = {}): Promise<TrainedNetwork> {
  const { epochs = 100, learningRate = 1e-3, schedule = { name: "constant" }, patience = 10, minImprovement = 0, engine: name = "simd", onProgress } = options;
  const { task, train, tune } = trainingTask(data, layers, random, options);
  const engine = await makeTrainingEngine(name);
  const session = engine.open(task);
  const orders = random.fork("order");
  const history: EpochRecord[] = [];
  let best = { epoch: 0, tuneLoss: Infinity, weights: task.weights };
  let diverged: string | null = null;
  let epoch = 0;
  while (epoch < epochs && epoch - best.epoch < (tune === null ? Infinity : patience)) {
    epoch++;
    const rate = scheduledRate(learningRate, schedule, epoch, epochs);
    const trainLoss = meanLoss(await session.epoch(shuffledRows(train, orders.fork(epoch)), rate), task.targetShare);
    const tuneLoss = tune === null ? null : meanLoss(await session.loss(tune), task.targetShare);
    const weights = await session.weights();
    if (!(Number.isFinite(trainLoss) && Number.isFinite(tuneLoss ?? 0) && weights.every(Number.isFinite))) {
      diverged = `training: losses and weights must stay finite; they did not in epoch ${epoch} at learning rate ${rate}; lower the rate, clip the gradient, or scale features and targets`;
      break;
    }
    const record = { epoch, learningRate: rate, trainLoss, tuneLoss };
    history.push(record);
    if (tuneLoss === null || tuneLoss < best.tuneLoss - minImprovement) best = { epoch, tuneLoss: tuneLoss ?? Infinity, weights };
    if (onProgress?.(record) === false) break;
  }
  const network: Network = { ...task.architecture, weights: best.weights };
  return { predictor: networkPredictor(network, engine), network, history, parameters: parameterCount(network), stoppedEpoch: epoch, bestEpoch: best.epoch, diverged, engine: name };
}
