import type { Random } from "../core/random/Random.js";
import { chooseTrainingEngine } from "./engines/chooseTrainingEngine.js";
import { type NetworkPredictor, networkPredictor } from "./networkPredictor.js";
import type { TrainingData } from "./TrainingData.js";
import { type NetworkTraining, trainingCourse } from "./trainingCourse.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";

/** A trained network, how its training went, and a predictor of it. */
export interface TrainedNetwork extends NetworkTraining {
  /** Predicts with the engine that trained; after training on tensorflow with simd. */
  readonly predictor: NetworkPredictor;
}

/**
 * Trains a multilayer perceptron by gradient descent: on class labels, on targets, or on both at once over a shared
 * trunk.
 *
 * It minimises the weighted mean cross-entropy plus targetShare times the weighted mean square error over known
 * targets, plus penalties. With tune rows the weights of the epoch with the lowest tune loss are given back. Weights,
 * order and masks come from forks of `random`: the same seed gives the same bytes, on any machine with the simd engine.
 *
 * A training that diverges is a result, not an exception: `diverged` says at which epoch, and the weights are the best
 * before it.
 *
 * @throws RangeError if a row, label, target or weight is not as TrainingData says (row named)
 * @throws InputError for an option out of range, or as chooseTrainingEngine
 */
export async function trainNetwork(
  data: TrainingData,
  layers: HiddenLayers,
  random: Random,
  options: TrainingOptions = {},
): Promise<TrainedNetwork> {
  const course = trainingCourse(data, layers, random, options);
  const { task, tune } = course;
  const chosen = await chooseTrainingEngine(options.engine ?? "simd", task.weights.length * task.batchSize);
  const session = chosen.engine.open(task);
  for (let epoch = course.next(); epoch !== null; epoch = course.next()) {
    const trained = await session.epoch(epoch.rows, epoch.rate);
    course.record(trained, tune === null ? null : await session.loss(tune), await session.weights());
  }
  const training = course.result(chosen);
  return { ...training, predictor: networkPredictor(training.network, chosen.engine) };
}
