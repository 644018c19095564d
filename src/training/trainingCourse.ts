import type { Random } from "../core/random/Random.js";
import { shuffledRows } from "../core/random/shuffledRows.js";
import { checkPaused } from "./checkPaused.js";
import type { ChosenEngine } from "./engines/chooseTrainingEngine.js";
import { parameterCount } from "./layersOf.js";
import type { Network } from "./Network.js";
import type { PausedTraining } from "./PausedTraining.js";
import { scheduledRate } from "./scheduledRate.js";
import type { TrainingData } from "./TrainingData.js";
import {
  type LossSums,
  meanLoss,
  type PausingEngineName,
  type SessionState,
  type TrainingEngineName,
  type TrainingTask,
} from "./engines/TrainingEngine.js";
import type { EpochRecord } from "./EpochRecord.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";
import { trainingMarks } from "./trainingMarks.js";
import { trainingTask } from "./trainingTask.js";

/** A network with how it came about; plain data. */
export interface NetworkTraining {
  readonly network: Network;
  readonly history: readonly EpochRecord[];
  /** How many numbers the network learned. */
  readonly parameters: number;
  /** The last epoch that was run. */
  readonly stoppedEpoch: number;
  /**
   * The epoch after which the network had its weights: that of the lowest tune loss, without tune
   * rows the last good one; 0 for the first weights.
   */
  readonly bestEpoch: number;
  /** At which epoch numbers ran out of bounds, and what to do; null where training went well. */
  readonly diverged: string | null;
  readonly engine: TrainingEngineName;
  /** Why this engine, and what it computes on. */
  readonly engineReason: string;
  /** Where the training can go on, if option `until` paused it before its end; else not there. */
  readonly paused?: PausedTraining;
}

/** Decides how a training goes on; who computes it tells what came out. */
export interface TrainingCourse {
  readonly task: TrainingTask;
  readonly tune: Uint32Array | null;
  /** Rows in order and learning rate of the next epoch; null at the end. */
  next(): { readonly rows: Uint32Array; readonly rate: number } | null;
  /** What the epoch gave, with the tune loss and the weights after it. */
  record(trained: LossSums, tuned: LossSums | null, weights: Float32Array): void;
  /** @param state  with which it can go on, where it is to pause */
  result(chosen: ChosenEngine, state?: SessionState): NetworkTraining;
}

/** @throws RangeError and InputError as trainingTask, and InputError if it cannot go on from where it is to */
export function trainingCourse(
  data: TrainingData,
  layers: HiddenLayers,
  random: Random,
  options: TrainingOptions,
): TrainingCourse {
  const {
    epochs = 100,
    learningRate = 1e-3,
    schedule = { name: "constant" },
    patience = 10,
    minImprovement = 0,
    until = epochs,
    from,
    onProgress,
  } = options;
  const prepared = trainingTask(data, layers, random, options);
  const { task, train, tune } = prepared;
  // Rows are hashed for trainings that pause alone.
  const marks = from === undefined && options.until === undefined ? null : trainingMarks(prepared, random, options);
  if (from !== undefined) checkPaused(from, marks!, prepared, until);
  const orders = random.fork("order");
  const history: EpochRecord[] = [...(from?.history ?? [])];
  let best = {
    epoch: from?.bestEpoch ?? 0,
    tuneLoss: history[(from?.bestEpoch ?? 0) - 1]?.tuneLoss ?? Infinity,
    weights: from?.bestWeights ?? task.weights,
  };
  let diverged: string | null = null;
  let isEnded = false;
  let epoch = history.length;
  let rate = learningRate;
  const hasEnded = (): boolean =>
    isEnded || epoch >= epochs || epoch - best.epoch >= (tune === null ? Infinity : patience);
  return {
    task,
    tune,
    next() {
      if (hasEnded() || epoch >= until) return null;
      epoch++;
      rate = scheduledRate(learningRate, schedule, epoch, epochs);
      return { rows: shuffledRows(train, orders.fork(epoch)), rate };
    },
    record(trained, tuned, weights) {
      const trainLoss = meanLoss(trained, task.targetShare);
      const tuneLoss = tuned === null ? null : meanLoss(tuned, task.targetShare);
      if (!(Number.isFinite(trainLoss) && Number.isFinite(tuneLoss ?? 0) && weights.every(Number.isFinite))) {
        diverged =
          "training: losses and weights must stay finite; " +
          `they did not in epoch ${epoch} at learning rate ${rate}; ` +
          "lower the rate, clip the gradient, or scale features and targets";
        isEnded = true;
        return;
      }
      const record = { epoch, learningRate: rate, trainLoss, tuneLoss };
      history.push(record);
      if (tuneLoss === null || tuneLoss < best.tuneLoss - minImprovement)
        best = { epoch, tuneLoss: tuneLoss ?? Infinity, weights };
      isEnded = onProgress?.(record) === false;
    },
    result({ engine, reason }, state) {
      const network: Network = { ...task.architecture, weights: best.weights };
      return {
        network,
        history,
        parameters: parameterCount(network),
        stoppedEpoch: epoch,
        bestEpoch: best.epoch,
        diverged,
        engine: engine.name,
        engineReason: reason,
        ...(state !== undefined &&
          marks !== null &&
          !hasEnded() && {
            paused: {
              marks,
              engine: engine.name as PausingEngineName,
              history,
              bestEpoch: best.epoch,
              bestWeights: best.weights,
              state,
            },
          }),
      };
    },
  };
}
